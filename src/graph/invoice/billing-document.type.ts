import { Field, InterfaceType } from 'type-graphql'
import { TaxedMoneyType } from '../money/money.type.js'
import { BuyerType, ProviderType } from '../party/party.type.js'
import { PeriodType } from '../period/period.type.js'
import { BillingSource, Ledger } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars/date.scalars.js'

@InterfaceType('BillingDocument', {
  description: 'What a bill and a running quotation have in common.',
  resolveType: (value: { kind: string }) => value.kind,
})
export abstract class BillingDocumentType {
  @Field(() => BillingSource, { description: 'The system it comes from.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => Ledger, { description: 'Whether it is what we are billed or what we bill.' })
  readonly ledger!: keyof typeof Ledger

  @Field(() => PeriodType, { description: 'The month it covers.' })
  readonly period!: PeriodType

  @Field(() => ProviderType, { description: 'Who issued it.' })
  readonly provider!: ProviderType

  @Field(() => BuyerType, { description: 'Who it was issued to.' })
  readonly buyer!: BuyerType

  @Field(() => TaxedMoneyType, { description: 'Its total, as stated.' })
  readonly total!: TaxedMoneyType

  @Field(() => DateTimeScalar, { description: 'When the upstream said so.' })
  readonly asOf!: string

  @Field(() => Boolean, { description: 'True when an older answer is served because the upstream cannot answer now.' })
  readonly stale!: boolean
}
