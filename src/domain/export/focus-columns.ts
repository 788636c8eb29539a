import type { ColumnType } from './export-table.js'

/** A column of FOCUS, the FinOps Open Cost and Usage Specification. */
export interface FocusColumn {
  readonly name: string
  /** Dates and times are text: ISO 8601 in UTC, to the second. */
  readonly type: ColumnType | 'DateTime'
  /** True for the columns that version 1.2 requires. */
  readonly isMandatory: boolean
  readonly isNullable: boolean
  /** The only values that are allowed; null for any. */
  readonly values: readonly string[] | null
}

type Word<T extends string> = readonly [name: T, type: FocusColumn['type'], flags: string, values?: readonly string[]]

/** The categories of services that FOCUS 1.2 allows. */
const SERVICE_CATEGORIES = [
  'AI and Machine Learning',
  'Analytics',
  'Business Applications',
  'Compute',
  'Databases',
  'Developer Tools',
  'Multicloud',
  'Identity',
  'Integration',
  'Internet of Things',
  'Management and Governance',
  'Media',
  'Migration',
  'Mobile',
  'Networking',
  'Security',
  'Storage',
  'Web',
  'Other',
] as const

/** M: mandatory. N: may be null. */
const TABLE = [
  ['BilledCost', 'Decimal', 'M'],
  ['BillingAccountId', 'Text', 'M'],
  ['BillingAccountName', 'Text', 'MN'],
  ['BillingCurrency', 'Text', 'M'],
  ['BillingPeriodEnd', 'DateTime', 'M'],
  ['BillingPeriodStart', 'DateTime', 'M'],
  ['ChargeCategory', 'Text', 'M', ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']],
  ['ChargeClass', 'Text', 'MN', ['Correction']],
  ['ChargeDescription', 'Text', 'MN'],
  ['ChargeFrequency', 'Text', '', ['One-Time', 'Recurring', 'Usage-Based']],
  ['ChargePeriodEnd', 'DateTime', 'M'],
  ['ChargePeriodStart', 'DateTime', 'M'],
  ['ConsumedQuantity', 'Decimal', 'N'],
  ['ConsumedUnit', 'Text', 'N'],
  ['ContractedCost', 'Decimal', 'M'],
  ['ContractedUnitPrice', 'Decimal', 'N'],
  ['EffectiveCost', 'Decimal', 'M'],
  ['InvoiceId', 'Text', 'N'],
  ['InvoiceIssuerName', 'Text', 'M'],
  ['ListCost', 'Decimal', 'M'],
  ['ListUnitPrice', 'Decimal', 'N'],
  ['PricingQuantity', 'Decimal', 'MN'],
  ['PricingUnit', 'Text', 'MN'],
  ['ProviderName', 'Text', 'M'],
  ['PublisherName', 'Text', 'M'],
  ['RegionId', 'Text', 'N'],
  ['ResourceId', 'Text', 'N'],
  ['ResourceName', 'Text', 'N'],
  ['ResourceType', 'Text', 'N'],
  ['ServiceCategory', 'Text', 'M', SERVICE_CATEGORIES],
  ['ServiceName', 'Text', 'M'],
  ['SkuId', 'Text', 'N'],
  ['SkuMeter', 'Text', 'N'],
  ['SkuPriceId', 'Text', 'N'],
  ['SubAccountId', 'Text', 'N'],
  ['SubAccountName', 'Text', 'N'],
  ['SubAccountType', 'Text', 'N'],
  ['Tags', 'Json', 'N'],
  ['x_Source', 'Text', '', ['CATALYST', 'THREESCALE']],
  ['x_Ledger', 'Text', '', ['COST', 'REVENUE']],
  ['x_TaxBasis', 'Text', '', ['STATED', 'COMPUTED', 'UNKNOWN']],
  ['x_CostTaxed', 'Decimal', 'N'],
  ['x_InvoiceKey', 'Text', ''],
  ['x_InvoiceIdSynthetic', 'Boolean', ''],
  ['x_State', 'Text', ''],
  ['x_PaidAt', 'DateTime', 'N'],
  ['x_HasPayments', 'Boolean', ''],
  ['x_CreationType', 'Text', 'N', ['MANUAL', 'BACKGROUND', 'UNKNOWN']],
  ['x_AsOf', 'DateTime', ''],
  ['x_Stale', 'Boolean', ''],
] as const satisfies readonly Word<string>[]

/** The name of a column of the export. */
export type FocusColumnName = (typeof TABLE)[number][0]

/** The columns of the export, in its order. Those with the prefix `x_` are not part of FOCUS. */
export const FOCUS_COLUMNS: readonly (FocusColumn & { readonly name: FocusColumnName })[] = TABLE.map(toColumn)

function toColumn([name, type, flags, values]: Word<FocusColumnName>): FocusColumn & {
  readonly name: FocusColumnName
} {
  return { name, type, isMandatory: flags.includes('M'), isNullable: flags.includes('N'), values: values ?? null }
}
