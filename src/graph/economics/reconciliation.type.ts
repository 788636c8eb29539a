import { Directive, Field, ObjectType } from 'type-graphql'
import type { Difference } from '../../domain/economics/reconciliation.js'
import type { CustomerReconciliation } from '../../loaders/economics/reconciliations.js'
import { CustomerType } from '../customer/customer.type.js'
import { InvoiceType } from '../invoice/invoice.type.js'
import { MoneyType } from '../money/money.type.js'
import { PeriodType } from '../period/period.type.js'
import { DifferenceCause, MarginGap } from '../schema/enums.js'
import { listOf } from '../schema/query-cost.js'

@ObjectType('Difference', { simpleResolvers: true, description: 'One step of the way from cost to payment.' })
export abstract class DifferenceType implements Pick<Difference, 'cause' | 'message'> {
  @Field(() => DifferenceCause, { description: 'Why the figures differ.' })
  readonly cause!: keyof typeof DifferenceCause

  @Field(() => MoneyType, {
    description:
      'Added to the figure before it, so that it is negative for what is missing. Not added if the cause is CURRENCY.',
  })
  readonly amount!: MoneyType

  @Field(() => InvoiceType, {
    nullable: true,
    description: 'The invoice; null if no single one causes the difference.',
  })
  readonly invoice!: InvoiceType | null

  @Field(() => String, { description: 'The difference in words.' })
  readonly message!: string
}

@ObjectType('CustomerReconciliation', {
  simpleResolvers: true,
  description:
    'What a customer cost in a month, what was on-charged, billed and paid, without tax. In one currency, cost and all ' +
    'differences add up to what was paid.',
})
export abstract class CustomerReconciliationType implements Pick<CustomerReconciliation, 'gaps'> {
  @Field(() => CustomerType, { description: 'The customer.' })
  readonly customer!: CustomerType

  @Field(() => MoneyType, { nullable: true, description: "Cost of the customer's own lines; null if unknown." })
  readonly cost!: MoneyType | null

  @Field(() => MoneyType, { nullable: true, description: 'Invoice lines with an on-charge marker; null if unknown.' })
  readonly onCharged!: MoneyType | null

  @Field(() => MoneyType, { nullable: true, description: 'All invoices that are not cancelled; null if unknown.' })
  readonly billed!: MoneyType | null

  @Field(() => MoneyType, { nullable: true, description: 'The paid invoices; null if unknown.' })
  readonly paid!: MoneyType | null

  @Directive(listOf(5))
  @Field(() => [DifferenceType], {
    description: 'Why the figures differ, in the order cost, on-charged, billed, paid.',
  })
  readonly differences!: readonly DifferenceType[]

  @Field(() => [MarginGap], { description: 'Why figures are missing or not final; empty if all are final.' })
  readonly gaps!: readonly (keyof typeof MarginGap)[]
}

@ObjectType('Reconciliation', {
  simpleResolvers: true,
  description: "A month's costs and invoices of all registered customers.",
})
export abstract class ReconciliationType {
  @Field(() => PeriodType, { description: 'The month.' })
  readonly period!: PeriodType

  @Directive(listOf(50))
  @Field(() => [CustomerReconciliationType], { description: 'Each visible customer, in the order of the registry.' })
  readonly customers!: readonly CustomerReconciliationType[]
}
