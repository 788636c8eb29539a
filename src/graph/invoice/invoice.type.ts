import { Directive, Field, ObjectType } from 'type-graphql'
import { NodeType } from '../node/node.type.js'
import { CreationType, InvoiceState } from '../schema/enums.js'
import { DateTimeScalar, LocalDateScalar } from '../schema/scalars/date.scalars.js'
import { BillingDocumentType } from './billing-document.type.js'
import { NoticeType } from './notice.type.js'

@Directive('@key(fields: "id")')
@Directive('@key(fields: "source nativeId")')
@ObjectType('Invoice', {
  description: 'A bill, of either system, for one buyer and one month.',
  implements: [NodeType, BillingDocumentType],
})
export abstract class InvoiceType extends BillingDocumentType {
  readonly id!: string

  @Field(() => String, {
    description: 'Unique within its source: 3scale\'s id such as "1201"; for Catalyst "<project>/2026-10-31".',
  })
  readonly nativeId!: string

  @Field(() => String, { nullable: true, description: "What people call it: 3scale's friendly id. It is not unique." })
  readonly number!: string | null

  @Field(() => InvoiceState, { description: 'Where it stands.' })
  readonly state!: keyof typeof InvoiceState

  @Field(() => String, { nullable: true, description: "The upstream's own word for the state." })
  readonly rawState!: string | null

  @Field(() => CreationType, { nullable: true, description: 'How it came about (3scale only).' })
  readonly creationType!: keyof typeof CreationType | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Day of issue; null while it is not issued.' })
  readonly issuedOn!: string | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Day by which it is due (3scale only).' })
  readonly dueOn!: string | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was paid (3scale only).' })
  readonly paidAt!: string | null

  @Field(() => [NoticeType], { description: 'What a careful reader should know about these figures.' })
  readonly notices!: readonly NoticeType[]
}
