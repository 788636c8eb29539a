import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from '../connection/page.js'
import { BillingSource } from '../schema/enums.js'
import { InvoiceType } from './invoice.type.js'

@ObjectType('InvoiceEdge', { simpleResolvers: true, description: 'An edge of an invoice connection.' })
export abstract class InvoiceEdgeType {
  @Field(() => String, { description: 'Cursor of the invoice.' })
  readonly cursor!: string

  @Field(() => InvoiceType, { description: 'The invoice.' })
  readonly node!: InvoiceType
}

@ObjectType('InvoiceConnection', {
  simpleResolvers: true,
  description: 'A page of invoices from both billing systems.',
})
export abstract class InvoiceConnectionType {
  @Field(() => [InvoiceEdgeType], { description: 'Invoices with their cursors.' })
  readonly edges!: readonly InvoiceEdgeType[]

  @Field(() => [InvoiceType], { description: 'Invoices without cursors.' })
  readonly nodes!: readonly InvoiceType[]

  @Field(() => PageInfoType, { description: 'Pagination information.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, {
    nullable: true,
    description: 'Number of matching invoices on all pages; null while a billing system of the list is unavailable.',
  })
  readonly totalCount!: number | null

  @Field(() => [BillingSource], {
    description:
      'Billing systems whose invoices are missing because the system, or one of its accounts, is unavailable.',
  })
  readonly unavailable!: readonly (keyof typeof BillingSource)[]
}
