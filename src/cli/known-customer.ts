import { type Customer, isCustomerKey, isCustomerPrefix } from '../domain/customer.js'
import { findCustomer, listCustomers } from '../loaders/customers/customers.js'
import type { Loaders } from '../loaders/loaders.js'
import { UsageError } from './arguments.js'
import { quote } from './printable.js'

/**
 * The registered customer with that key or prefix.
 *
 * @throws UsageError when the registry has none
 */
export function knownCustomer(loaders: Loaders, text: string): Customer {
  const byKey = isCustomerKey(text) ? findCustomer(loaders, { key: text }) : null
  const found = byKey ?? (isCustomerPrefix(text) ? findCustomer(loaders, { prefix: text }) : null)
  if (found?.registered) return found
  const keys = listCustomers(loaders).map(({ registered }) => registered?.key)
  const known = keys.length === 0 ? 'a registry, which CUSTOMERS_FILE names' : `the key or prefix of ${keys.join(', ')}`
  throw new UsageError(`CUSTOMER: ${quote(text)} is not registered; expected ${known}`)
}
