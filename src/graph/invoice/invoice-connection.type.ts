import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from '../connection/page-info.type.js'
import { BillingSource } from '../schema/enums.js'
import { InvoiceType } from './invoice.type.js'

@ObjectType('InvoiceEdge', { description: 'An invoice in a list.' })
export abstract class InvoiceEdgeType {
  @Field(() => String, { description: 'Its place in the list.' })
  readonly cursor!: string

  @Field(() => InvoiceType, { description: 'The invoice.' })
  readonly node!: InvoiceType
}

@ObjectType('InvoiceConnection', { description: 'A page of invoices of both systems.' })
export abstract class InvoiceConnectionType {
  @Field(() => [InvoiceEdgeType], { description: 'The invoices with their cursors.' })
  readonly edges!: readonly InvoiceEdgeType[]

  @Field(() => [InvoiceType], { description: 'The invoices without their cursors.' })
  readonly nodes!: readonly InvoiceType[]

  @Field(() => PageInfoType, { description: 'Where this page lies.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, {
    nullable: true,
    description: 'How many invoices match, on all pages together; null while a system that has some cannot answer.',
  })
  readonly totalCount!: number | null

  @Field(() => [BillingSource], {
    description:
      'Systems of which invoices are missing here because they, or the account of one of their projects, cannot answer.',
  })
  readonly unavailable!: readonly (keyof typeof BillingSource)[]
}
