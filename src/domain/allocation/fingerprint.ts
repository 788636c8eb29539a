import { createHash } from 'node:crypto'
import { isClaimInScope } from '../customer-claims.js'
import { formatDecimal } from '../decimal.js'
import { resourceName } from '../line-item.js'
import type { TaxedMoney, TaxRounding } from '../taxed-money.js'
import type { RegistryInForce } from './cost-groups.js'
import type { MonthBill } from './month-bill.js'

/**
 * SHA-256 in hexadecimal of everything that an allocation depends on: the bill with its lines, the claims and pools in force, and
 * the rounding. Names and buyers of customers, exchange rates, and claims of other months or projects do not change it.
 */
export function fingerprintOf(bill: MonthBill, registry: RegistryInForce, taxRounding: TaxRounding): string {
  const canonical = [
    'allocation 1',
    taxRounding,
    [bill.buyer.nativeId, bill.period.month, bill.basis, bill.total.net.currency, ...amountsOf(bill.total)],
    bill.lineItems.map(line => [
      line.documentId,
      resourceName(line),
      line.type,
      line.resource?.category ?? null,
      ...amountsOf(line.cost),
    ]),
    registry.customers.map(({ key, claims }) => [
      key,
      claims
        .filter(claim => isClaimInScope(claim, registry.scope))
        .map(({ prefix, match, except }) => JSON.stringify([prefix, match, [...except].sort()]))
        .sort(),
    ]),
    registry.pools.map(({ name, match, policy, weights }) => [
      name,
      [match.type, match.category, match.prefix, match.match],
      policy,
      [...weights].map(([key, weight]) => [key, formatDecimal(weight)]).sort(),
    ]),
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex')
}

function amountsOf({ net, tax, gross }: TaxedMoney): readonly (string | null)[] {
  return [net, tax, gross].map(amount => amount && formatDecimal(amount))
}
