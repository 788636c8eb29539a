import { requireScope } from '../../access/rules.js'
import { visibleCustomer } from '../../access/visible-customer.js'
import { type Customer, registeredCustomer, unregisteredCustomer } from '../../domain/customer.js'
import { customerByKey, customerByPrefix, customerOfBuyer } from '../../domain/customer-claims.js'
import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import type { Loaders } from '../loaders.js'

/** The visible customers of the registry, in its order. */
export function listCustomers(loaders: Loaders): readonly Customer[] {
  requireScope(loaders.principal, 'costs:read', 'billing:read')
  return loaders.registry.customers.flatMap(customer => toVisible(loaders, customer) ?? [])
}

/** The registered customer with a key; null when there is none that the caller may see. */
export function findByKey(loaders: Loaders, key: string): Customer | null {
  requireScope(loaders.principal, 'costs:read', 'billing:read')
  return toVisible(loaders, customerByKey(loaders.registry, key))
}

/** The registered customer with a 3scale account; null when there is none, or the caller may not see the account. */
export function findByBuyer(loaders: Loaders, buyerId: string): Customer | null {
  requireScope(loaders.principal, 'billing:read')
  const found = toVisible(loaders, customerOfBuyer(loaders.registry, buyerId))
  return found?.registered?.buyers.includes(buyerId) ? found : null
}

/** The customer with a prefix: the registered one with a visible claim of it, or else one that has the prefix alone. */
export function findByPrefix(loaders: Loaders, prefix: string): Customer {
  const found = toVisible(loaders, customerByPrefix(loaders.registry, prefix))
  return found?.registered?.claims.some(claim => claim.prefix === prefix) ? found : unregisteredCustomer(prefix)
}

function toVisible({ principal }: Loaders, customer: RegisteredCustomer | null): Customer | null {
  const visible = customer && visibleCustomer(principal, customer)
  return visible && registeredCustomer(visible)
}
