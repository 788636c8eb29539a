import { Field, ID, InputType, Int } from 'type-graphql'
import { InvoiceState, LineItemType } from '../schema/enums.js'
import { DecimalScalar, YearMonthScalar } from '../schema/scalars.js'
import { IncidentOutcome } from './write.enums.js'

const INVOICE = 'A 3scale invoice id, such as threescale:invoice:1201.'

const KEY =
  'Key of the write, 16 to 64 letters, digits, underscores or hyphens, unique per caller and mutation. The same key and input ' +
  'return the first result, for ever.'

@InputType('CreateInvoiceInput', { description: 'A new invoice.' })
export class CreateInvoiceInput {
  @Field(() => String, { description: KEY })
  readonly idempotencyKey!: string

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True allows another invoice of the buyer and month within 24 hours.',
  })
  readonly allowSimilar!: boolean

  @Field(() => ID, { description: 'A 3scale buyer id, such as threescale:buyer:71.' })
  readonly buyerId!: string

  @Field(() => YearMonthScalar, { nullable: true, description: 'Month of the invoice. Defaults to the running month.' })
  readonly month?: string | null
}

@InputType('UpdateInvoiceInput', { description: 'Changes to an invoice. At least one is required.' })
export class UpdateInvoiceInput {
  @Field(() => String, { description: KEY })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: INVOICE })
  readonly invoiceId!: string

  @Field(() => YearMonthScalar, { nullable: true, description: 'New month.' })
  readonly month?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'New invoice number, as YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX. 3scale does not check that it is unique.',
  })
  readonly number?: string | null
}

@InputType('SetInvoiceStateInput', { description: 'A new state for an invoice.' })
export class SetInvoiceStateInput {
  @Field(() => String, { description: KEY })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: INVOICE })
  readonly invoiceId!: string

  @Field(() => InvoiceState, {
    description: 'New state. PENDING issues the invoice, which requires that every earlier write to it is settled.',
  })
  readonly state!: keyof typeof InvoiceState
}

@InputType('ChargeInvoiceInput', { description: 'A charge of the card that the buyer has stored in 3scale.' })
export class ChargeInvoiceInput {
  @Field(() => String, { description: KEY })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: INVOICE })
  readonly invoiceId!: string
}

@InputType('AddLineItemInput', { description: 'A new line item.' })
export class AddLineItemInput {
  @Field(() => String, { description: KEY })
  readonly idempotencyKey!: string

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True allows a second line item with the same content within 24 hours.',
  })
  readonly allowSimilar!: boolean

  @Field(() => ID, { description: INVOICE })
  readonly invoiceId!: string

  @Field(() => String, { description: 'Name, up to 255 characters.' })
  readonly name!: string

  @Field(() => String, {
    nullable: true,
    description: 'Description, up to 231 characters. A marker by which the line item is found again is added to it.',
  })
  readonly description?: string | null

  @Field(() => Int, { nullable: true, description: 'Number of units. It does not multiply the cost.' })
  readonly quantity?: number | null

  @Field(() => DecimalScalar, {
    description: 'Cost of the whole line item without tax, with up to four decimal places. Negative for a credit.',
  })
  readonly cost!: string

  @Field(() => LineItemType, { nullable: true, description: 'PLAN_COST, VARIABLE_COST or MANUAL, the default.' })
  readonly type?: keyof typeof LineItemType | null

  @Field(() => ID, { nullable: true, description: 'A metric id, such as threescale:metric:801.' })
  readonly metricId?: string | null

  @Field(() => ID, { nullable: true, description: "One of the buyer's contracts, such as threescale:contract:501." })
  readonly contractId?: string | null
}

@InputType('RemoveLineItemInput', { description: 'A line item to remove.' })
export class RemoveLineItemInput {
  @Field(() => String, { description: KEY })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: 'A 3scale line item id, such as threescale:line-item:1201:9002.' })
  readonly lineItemId!: string
}

@InputType('ResolveIncidentInput', {
  description: 'The decision of a person on a write whose outcome cannot be read from 3scale.',
})
export class ResolveIncidentInput {
  @Field(() => String, { description: 'Idempotency key of the write.' })
  readonly key!: string

  @Field(() => String, {
    nullable: true,
    description: 'Mutation, such as addLineItem. Required if several incidents have the key.',
  })
  readonly operation?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Id of the caller whose write it is, such as key:router. Required if incidents of several callers have the key.',
  })
  readonly caller?: string | null

  @Field(() => IncidentOutcome, { description: 'Whether the write was carried out.' })
  readonly outcome!: keyof typeof IncidentOutcome

  @Field(() => String, {
    nullable: true,
    description:
      'Id of the invoice or line item that the write created, which the caller must see. Required if it created an invoice and was carried out.',
  })
  readonly reference?: string | null

  @Field(() => String, { description: 'Reason, kept in the journal.' })
  readonly note!: string
}
