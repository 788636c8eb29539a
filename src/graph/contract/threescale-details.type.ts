import { Directive, Field, ObjectType } from 'type-graphql'
import type { Contract, Plan } from '../../domain/contract.js'
import type { Metric } from '../../domain/metric.js'
import type { Payment } from '../../domain/payment.js'
import { MoneyType } from '../money/money.type.js'
import { NodeType } from '../node/node.type.js'
import { DateTimeScalar } from '../schema/scalars/date.scalars.js'

@Directive('@key(fields: "id")')
@ObjectType('Payment', { description: 'One attempt to charge a 3scale invoice.', implements: NodeType })
export abstract class PaymentType
  extends NodeType
  implements Omit<Payment, 'kind' | 'nativeId' | 'invoiceId' | 'amount'>
{
  @Field(() => Boolean, { description: 'False for an attempt that was declined.' })
  readonly success!: boolean

  @Field(() => MoneyType, { description: 'What was to be charged.' })
  readonly amount!: MoneyType

  @Field(() => String, { nullable: true, description: "The payment provider's reference." })
  readonly reference!: string | null

  @Field(() => String, {
    nullable: true,
    description: "The payment provider's sentence, such as Transaction approved.",
  })
  readonly message!: string | null

  @Field(() => String, { nullable: true, description: 'What was attempted, such as purchase.' })
  readonly action!: string | null

  @Field(() => DateTimeScalar, { description: 'When it was attempted.' })
  readonly createdAt!: string
}

@ObjectType('Plan', { description: 'What a buyer has agreed to pay for.' })
export abstract class PlanType implements Plan {
  @Field(() => String, { description: "3scale's plan id." })
  readonly nativeId!: string

  @Field(() => String, { description: 'Name of the plan.' })
  readonly name!: string

  @Field(() => String, { description: 'application_plan, service_plan or account_plan.' })
  readonly type!: string
}

@Directive('@key(fields: "id")')
@ObjectType('Contract', { description: "A buyer's contract: an application of 3scale.", implements: NodeType })
export abstract class ContractType extends NodeType implements Omit<Contract, 'kind' | 'buyerId'> {
  @Field(() => String, { description: "3scale's application id." })
  readonly nativeId!: string

  @Field(() => String, { nullable: true, description: 'Name of the application.' })
  readonly name!: string | null

  @Field(() => String, { nullable: true, description: "3scale's own word: live, pending, suspended." })
  readonly state!: string

  @Field(() => PlanType, { nullable: true, description: 'Its present plan.' })
  readonly plan!: PlanType
}

@Directive('@key(fields: "id")')
@ObjectType('Metric', { description: 'What a variable cost is measured by: a metric or method.', implements: NodeType })
export abstract class MetricType extends NodeType implements Omit<Metric, 'kind'> {
  @Field(() => String, { description: "3scale's metric id." })
  readonly nativeId!: string

  @Field(() => String, { description: 'Name for people, such as Hits.' })
  readonly name!: string

  @Field(() => String, { description: 'Name for programs, such as hits.' })
  readonly systemName!: string

  @Field(() => String, { nullable: true, description: 'What is counted, such as hit; null for a method.' })
  readonly unit!: string | null

  @Field(() => String, { nullable: true, description: 'What it measures, in words.' })
  readonly description!: string | null
}
