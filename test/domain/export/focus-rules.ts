/** Rules of FOCUS 1.2 for one column, written from the specification and not from the code. */
export interface ColumnRule {
  readonly form: RegExp
  readonly isNullable: boolean
}

const DECIMAL = /^-?\d+(\.\d+)?$/
const TEXT = /^.+$/s
const DATE_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/
const CURRENCY = /^[A-Z]{3}$/
const SERVICE_CATEGORY =
  /^(AI and Machine Learning|Analytics|Business Applications|Compute|Databases|Developer Tools|Multicloud|Identity|Integration|Internet of Things|Management and Governance|Media|Migration|Mobile|Networking|Security|Storage|Web|Other)$/

/** The 21 columns that every FOCUS 1.2 data set has. */
export const MANDATORY: Readonly<Record<string, ColumnRule>> = {
  BilledCost: { form: DECIMAL, isNullable: false },
  BillingAccountId: { form: TEXT, isNullable: false },
  BillingAccountName: { form: TEXT, isNullable: true },
  BillingCurrency: { form: CURRENCY, isNullable: false },
  BillingPeriodStart: { form: DATE_TIME, isNullable: false },
  BillingPeriodEnd: { form: DATE_TIME, isNullable: false },
  ChargeCategory: { form: /^(Usage|Purchase|Tax|Credit|Adjustment)$/, isNullable: false },
  ChargeClass: { form: /^Correction$/, isNullable: true },
  ChargeDescription: { form: TEXT, isNullable: true },
  ChargePeriodStart: { form: DATE_TIME, isNullable: false },
  ChargePeriodEnd: { form: DATE_TIME, isNullable: false },
  ContractedCost: { form: DECIMAL, isNullable: false },
  EffectiveCost: { form: DECIMAL, isNullable: false },
  InvoiceIssuerName: { form: TEXT, isNullable: false },
  ListCost: { form: DECIMAL, isNullable: false },
  PricingQuantity: { form: DECIMAL, isNullable: true },
  PricingUnit: { form: TEXT, isNullable: true },
  ProviderName: { form: TEXT, isNullable: false },
  PublisherName: { form: TEXT, isNullable: false },
  ServiceCategory: { form: SERVICE_CATEGORY, isNullable: false },
  ServiceName: { form: TEXT, isNullable: false },
}

/** The other columns of FOCUS 1.2 that the export has. */
export const OPTIONAL: Readonly<Record<string, ColumnRule>> = {
  ChargeFrequency: { form: /^(One-Time|Recurring|Usage-Based)$/, isNullable: false },
  ConsumedQuantity: { form: DECIMAL, isNullable: true },
  ConsumedUnit: { form: TEXT, isNullable: true },
  ContractedUnitPrice: { form: DECIMAL, isNullable: true },
  InvoiceId: { form: TEXT, isNullable: true },
  ListUnitPrice: { form: DECIMAL, isNullable: true },
  RegionId: { form: TEXT, isNullable: true },
  ResourceId: { form: TEXT, isNullable: true },
  ResourceName: { form: TEXT, isNullable: true },
  ResourceType: { form: TEXT, isNullable: true },
  SkuId: { form: TEXT, isNullable: true },
  SkuMeter: { form: TEXT, isNullable: true },
  SkuPriceId: { form: TEXT, isNullable: true },
  SubAccountId: { form: TEXT, isNullable: true },
  SubAccountName: { form: TEXT, isNullable: true },
  SubAccountType: { form: TEXT, isNullable: true },
  Tags: { form: /^\{.*\}$/, isNullable: true },
}

/** Every breach of the rules in a row, by column; `[]` for a valid row. */
export function breachesOf(row: Readonly<Record<string, string | null>>): readonly string[] {
  const rules = { ...MANDATORY, ...OPTIONAL }
  const breaches = Object.entries(rules).flatMap(([name, { form, isNullable }]) => {
    const value = row[name]
    if (value === undefined) return [`${name} is missing`]
    if (value === null) return isNullable ? [] : [`${name} is null`]
    return form.test(value) ? [] : [`${name} is ${value}`]
  })
  return [...breaches, ...jointBreachesOf(row)]
}

/** Rules that join columns. */
function jointBreachesOf(row: Readonly<Record<string, string | null>>): readonly string[] {
  const isNull = (name: string) => row[name] === null
  const isTax = row.ChargeCategory === 'Tax'
  return [
    isNull('PricingQuantity') === isNull('PricingUnit') ? '' : 'a pricing quantity has a unit',
    isNull('ConsumedQuantity') === isNull('ConsumedUnit') ? '' : 'a consumed quantity has a unit',
    row.ChargeCategory === 'Usage' || isNull('ConsumedQuantity') ? '' : 'only usage is consumed',
    isTax && !(isNull('PricingQuantity') && isNull('ListUnitPrice') && isNull('SkuPriceId')) ? 'tax has no price' : '',
    isTax && !isNull('ChargeClass') ? 'tax of the period is no correction' : '',
    !isNull('ResourceId') && isNull('ResourceType') ? 'a resource has a type' : '',
    (row.BillingPeriodStart ?? '') < (row.BillingPeriodEnd ?? '') ? '' : 'a period ends after its start',
    (row.ChargePeriodStart ?? '') < (row.ChargePeriodEnd ?? '') ? '' : 'a charge period ends after its start',
  ].filter(text => text !== '')
}
