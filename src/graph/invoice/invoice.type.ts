import { Directive, Field, ObjectType } from 'type-graphql'
import { NodeType } from '../node/node.type.js'
import { CreationType, InvoiceState } from '../schema/enums.js'
import { DateTimeScalar, LocalDateScalar } from '../schema/scalars.js'
import { BillingDocumentType } from './billing-document.type.js'
import { NoticeType } from './notice.type.js'

@Directive('@key(fields: "id")')
@Directive('@key(fields: "source nativeId")')
@ObjectType('Invoice', {
  simpleResolvers: true,
  description: 'An invoice from either billing system, for one buyer and one month.',
  implements: [NodeType, BillingDocumentType],
})
export abstract class InvoiceType extends BillingDocumentType {
  readonly id!: string

  @Field(() => String, {
    description: 'Id in the billing system, such as 1201 for 3scale or <project>/2026-10-31 for Catalyst.',
  })
  readonly nativeId!: string

  @Field(() => String, {
    nullable: true,
    description: 'Invoice number: the friendly id of 3scale, which is not unique; null for Catalyst.',
  })
  readonly number!: string | null

  @Field(() => InvoiceState, { description: 'State of the invoice.' })
  readonly state!: keyof typeof InvoiceState

  @Field(() => String, { nullable: true, description: 'State as named by the billing system; null if it states none.' })
  readonly rawState!: string | null

  @Field(() => CreationType, { nullable: true, description: 'How the invoice was created; null for Catalyst.' })
  readonly creationType!: keyof typeof CreationType | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Issue date; null if not issued yet.' })
  readonly issuedOn!: string | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Due date; null for Catalyst, and if there is none.' })
  readonly dueOn!: string | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of payment; null for Catalyst, and if not paid.' })
  readonly paidAt!: string | null

  @Field(() => [NoticeType], { description: 'Warnings about these figures.' })
  readonly notices!: readonly NoticeType[]
}
