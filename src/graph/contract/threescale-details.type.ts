import { Directive, Field, ObjectType } from 'type-graphql'
import type { Contract, Plan } from '../../domain/contract.js'
import type { Metric } from '../../domain/metric.js'
import type { Payment } from '../../domain/payment.js'
import { MoneyType } from '../money/money.type.js'
import { NodeType } from '../node/node.type.js'
import { DateTimeScalar } from '../schema/scalars.js'

@Directive('@key(fields: "id")')
@ObjectType('Payment', {
  simpleResolvers: true,
  description: 'An attempt to charge a 3scale invoice.',
  implements: NodeType,
})
export abstract class PaymentType
  extends NodeType
  implements Omit<Payment, 'kind' | 'nativeId' | 'invoiceId' | 'amount'>
{
  @Field(() => Boolean, { description: 'True if the payment succeeded, false if it was declined.' })
  readonly success!: boolean

  @Field(() => MoneyType, { description: 'The amount to charge.' })
  readonly amount!: MoneyType

  @Field(() => String, { nullable: true, description: "The payment provider's reference; null if there is none." })
  readonly reference!: string | null

  @Field(() => String, {
    nullable: true,
    description: "The payment provider's message, such as Transaction approved; null if there is none.",
  })
  readonly message!: string | null

  @Field(() => String, { nullable: true, description: 'The action, such as purchase; null if not recorded.' })
  readonly action!: string | null

  @Field(() => DateTimeScalar, { description: 'Time of the attempt.' })
  readonly createdAt!: string
}

@ObjectType('Plan', {
  simpleResolvers: true,
  description: 'A 3scale plan: the pricing that a buyer has subscribed to.',
})
export abstract class PlanType implements Plan {
  @Field(() => String, { description: 'Id of the plan in 3scale.' })
  readonly nativeId!: string

  @Field(() => String, { description: 'Name of the plan.' })
  readonly name!: string

  @Field(() => String, { description: 'Kind of plan: application_plan, service_plan or account_plan.' })
  readonly type!: string
}

@Directive('@key(fields: "id")')
@ObjectType('Contract', {
  simpleResolvers: true,
  description: "A buyer's contract, called an application in 3scale.",
  implements: NodeType,
})
export abstract class ContractType extends NodeType implements Omit<Contract, 'kind' | 'buyerId'> {
  @Field(() => String, { description: 'Id of the application in 3scale.' })
  readonly nativeId!: string

  @Field(() => String, { nullable: true, description: 'Name of the application; null if it has none.' })
  readonly name!: string | null

  @Field(() => String, { nullable: true, description: 'State in 3scale: live, pending or suspended.' })
  readonly state!: string

  @Field(() => PlanType, { nullable: true, description: 'The current plan.' })
  readonly plan!: PlanType
}

@Directive('@key(fields: "id")')
@ObjectType('Metric', {
  simpleResolvers: true,
  description: 'A 3scale metric or method, by which usage is measured.',
  implements: NodeType,
})
export abstract class MetricType extends NodeType implements Omit<Metric, 'kind'> {
  @Field(() => String, { description: 'Id of the metric in 3scale.' })
  readonly nativeId!: string

  @Field(() => String, { description: 'Display name, such as Hits.' })
  readonly name!: string

  @Field(() => String, { description: 'System name, such as hits.' })
  readonly systemName!: string

  @Field(() => String, { nullable: true, description: 'Unit of measurement, such as hit; null for a method.' })
  readonly unit!: string | null

  @Field(() => String, { nullable: true, description: 'Description of the metric; null if there is none.' })
  readonly description!: string | null
}
