import { createHash } from 'node:crypto'
import type { CustomerRegistry } from './customer-registry.js'
import { formatDecimal } from './decimal.js'

/**
 * The fingerprint of a registry: the SHA-256 of its content, in hexadecimal digits. Equal for two files that differ in comments
 * and layout only.
 */
export function registryFingerprint(registry: CustomerRegistry): string {
  const pools = registry.pools.map(({ weights, ...pool }) => ({
    ...pool,
    weights: [...weights].map(([key, weight]) => [key, formatDecimal(weight)]),
  }))
  const exchangeRates = registry.exchangeRates.map(({ rate, ...one }) => ({ ...one, rate: formatDecimal(rate) }))
  return createHash('sha256')
    .update(JSON.stringify({ customers: registry.customers, pools, exchangeRates }))
    .digest('hex')
}
