import type { AccountField, BuyerRecord, ProviderRecord, UserRecord } from './data.js'
import { formatDecimal, parseDecimal } from './decimal.js'
import { namedTexts } from './named-texts.js'
import { planXml } from './plan-xml.js'
import { branch, branchOrEmpty, leaf } from './xml.js'
import { formatTimestamp } from './zoned-time.js'

/** `<account>` element of a buyer that is not deleted. */
export function accountXml(buyer: BuyerRecord, provider: ProviderRecord, timeZone: string): string {
  const { creditCard } = buyer
  return branch('account', [
    leaf('id', buyer.id),
    leaf('created_at', formatTimestamp(buyer.createdAt, timeZone)),
    leaf('updated_at', formatTimestamp(buyer.updatedAt, timeZone)),
    leaf('state', buyer.state),
    namedTexts('annotations', buyer.annotations),
    ...(buyer.deletionDate === undefined ? [] : [leaf('deletion_date', buyer.deletionDate)]),
    leaf('org_name', buyer.orgName),
    ...configuredFields(buyer, provider),
    namedTexts('extra_fields', buyer.extraFields),
    leaf('monthly_billing_enabled', buyer.isMonthlyBillingEnabled ?? true),
    leaf('monthly_charging_enabled', buyer.isMonthlyChargingEnabled ?? true),
    leaf('credit_card_stored', creditCard !== undefined),
    ...(creditCard
      ? [
          leaf('credit_card_partial_number', creditCard.partialNumber),
          leaf('credit_card_expires_on', creditCard.expiresOn),
        ]
      : []),
    branchOrEmpty('plans', (buyer.plans ?? []).map(planXml)),
    branchOrEmpty(
      'users',
      (buyer.users ?? []).map(user => userXml(user, buyer, timeZone)),
    ),
  ])
}

/** Builtin fields in printing order. */
const builtinFields: Readonly<Record<AccountField, (buyer: BuyerRecord) => string | null | undefined>> = {
  org_legaladdress: buyer => buyer.legalAddress?.lines[0],
  city: buyer => buyer.legalAddress?.city,
  country: buyer => buyer.legalAddress?.country,
  zip: buyer => buyer.legalAddress?.zip,
  telephone_number: buyer => buyer.legalAddress?.phone,
  vat_code: buyer => buyer.vatCode,
  vat_rate: buyer => (buyer.vatRate === undefined ? undefined : formatDecimal(parseDecimal(buyer.vatRate))),
  fiscal_code: buyer => buyer.fiscalCode,
}

// Only configured fields that are not blank are printed.
function configuredFields(buyer: BuyerRecord, provider: ProviderRecord): readonly string[] {
  return Object.entries(builtinFields).flatMap(([name, read]) => {
    const text = read(buyer)
    return provider.accountFields.some(field => field === name) && text?.trim() ? [leaf(name, text)] : []
  })
}

function userXml(user: UserRecord, buyer: BuyerRecord, timeZone: string): string {
  return branch('user', [
    leaf('id', user.id),
    leaf('created_at', formatTimestamp(user.createdAt, timeZone)),
    leaf('updated_at', formatTimestamp(user.updatedAt, timeZone)),
    leaf('account_id', buyer.id),
    leaf('state', user.state),
    leaf('role', user.role),
    leaf('username', user.username),
    leaf('email', user.email),
    namedTexts('extra_fields', user.extraFields),
  ])
}
