import { hasScope, requireScope } from '../../access/rules.js'
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

/** What identifies a customer. */
export type CustomerIdentity = { readonly key: string } | { readonly prefix: string } | { readonly buyerId: string }

/**
 * The customer with that key, prefix or 3scale account; null when there is none that the caller may see. Any prefix is a customer,
 * even one that no customer of the registry claims.
 */
export function findCustomer(loaders: Loaders, identity: CustomerIdentity): Customer | null {
  if ('prefix' in identity) return findByPrefix(loaders, identity.prefix)
  requireScope(loaders.principal, 'costs:read', 'billing:read')
  if ('key' in identity) return toVisible(loaders, customerByKey(loaders.registry, identity.key))
  const found = toVisible(loaders, customerOfBuyer(loaders.registry, identity.buyerId))
  return found?.registered?.buyers.includes(identity.buyerId) ? found : null
}

/** The registered customer with a visible claim of the prefix, or else one that has the prefix alone. */
function findByPrefix(loaders: Loaders, prefix: string): Customer {
  const found = toVisible(loaders, customerByPrefix(loaders.registry, prefix))
  return found?.registered?.claims.some(claim => claim.prefix === prefix) ? found : unregisteredCustomer(prefix)
}

function toVisible({ principal }: Loaders, customer: RegisteredCustomer | null): Customer | null {
  // A prefix is a customer for every caller. Without a scope it is not a registered one.
  const mayRead = hasScope(principal, 'costs:read', 'billing:read')
  const visible = customer && mayRead ? visibleCustomer(principal, customer) : null
  return visible && registeredCustomer(visible)
}
