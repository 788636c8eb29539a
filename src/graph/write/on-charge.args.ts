import { Field, ID, InputType } from 'type-graphql'
import type { CostDimension as Dimension } from '../../domain/breakdown.js'
import { CustomerByInput } from '../customer/customer.args.js'
import { CostDimension } from '../schema/enums.js'
import { DecimalScalar, YearMonthScalar } from '../schema/scalars.js'

@InputType('MarkupInput', { description: 'What is added to the cost: exactly one of these fields.' })
export class MarkupInput {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Percentage of the cost, such as "20", with up to four decimal places. Negative for a discount.',
  })
  readonly percent?: string | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Amount in the currency of the invoice, with up to two decimal places, as a line item of its own. Negative for a discount.',
  })
  readonly fixed?: string | null
}

@InputType('OnChargeInput', { description: 'The cost of a month, and how it becomes line items.' })
export class OnChargeInput {
  @Field(() => String, {
    description:
      'Key of the run, 16 to 64 letters, digits, underscores or hyphens, unique per caller. A run that was interrupted is continued by its key. Not used by a dry run.',
  })
  readonly idempotencyKey!: string

  @Field(() => CustomerByInput, {
    description: 'A customer of the registry. One with several buyers is named by the buyer to be billed.',
  })
  readonly customer!: CustomerByInput

  @Field(() => YearMonthScalar, { description: 'Month of service: a closed month, in UTC.' })
  readonly month!: string

  @Field(() => YearMonthScalar, {
    nullable: true,
    description:
      'Month of the invoice, from the month of service on. Defaults to an invoice that has line items of the month and can be changed, or else to the running month.',
  })
  readonly invoiceMonth?: string | null

  @Field(() => ID, {
    nullable: true,
    description:
      "OpenStack project id. Defaults to all projects of the customer's claims. With it, the month is charged for this project alone.",
  })
  readonly projectId?: string | null

  @Field(() => MarkupInput, { nullable: true, description: 'Markup on the cost. Defaults to none.' })
  readonly markup?: MarkupInput | null

  @Field(() => CostDimension, { defaultValue: 'RESOURCE', description: 'One line item for each value of it.' })
  readonly groupBy!: Dimension

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Price of one unit of the currency of the cost in that of the invoice, with up to eight decimal places. Required if they differ.',
  })
  readonly exchangeRate?: string | null

  @Field(() => Boolean, { defaultValue: true, description: 'True computes the plan and writes nothing.' })
  readonly dryRun!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Hash of the plan of a dry run. Required unless dryRun is true.',
  })
  readonly expectedPlanHash?: string | null
}
