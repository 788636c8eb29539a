import { Field, InterfaceType } from 'type-graphql'
import { TaxedMoneyType } from '../money/money.type.js'
import { BuyerType, ProviderType } from '../party/party.type.js'
import { PeriodType } from '../period/period.type.js'
import { BillingSource, Ledger } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars.js'

@InterfaceType('BillingDocument', {
  description: 'Fields that invoices and quotations share.',
  resolveType: (value: { kind: string }) => value.kind,
})
export abstract class BillingDocumentType {
  @Field(() => BillingSource, { description: 'The billing system of the document.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => Ledger, { description: 'Whether the document is a cost or revenue.' })
  readonly ledger!: keyof typeof Ledger

  @Field(() => PeriodType, { description: 'The month that the document covers.' })
  readonly period!: PeriodType

  @Field(() => ProviderType, { description: 'The organisation that issued the document.' })
  readonly provider!: ProviderType

  @Field(() => BuyerType, { description: 'The buyer that the document was issued to.' })
  readonly buyer!: BuyerType

  @Field(() => TaxedMoneyType, { description: 'Total as stated by the billing system.' })
  readonly total!: TaxedMoneyType

  @Field(() => DateTimeScalar, { description: 'Time when the upstream returned this data.' })
  readonly asOf!: string

  @Field(() => Boolean, { description: 'True if older data is returned because the upstream failed.' })
  readonly stale!: boolean
}
