import type { Principal } from './principal.js'
import { hasScope } from './rules.js'
import type { Scope } from './scope.js'

/** The caller lacks a scope. Missing grants cause no error: data that is not granted looks as if it did not exist. */
export class ForbiddenError extends Error {
  /** @param scopes any of which is sufficient */
  constructor(readonly scopes: readonly Scope[]) {
    super(`This requires the scope ${scopes.join(' or ')}, which the caller does not have.`)
    this.name = 'ForbiddenError'
  }
}

/**
 * Checks that the principal has one of these scopes.
 *
 * @throws ForbiddenError when it has none of them
 */
export function requireScope(principal: Principal, ...anyOf: readonly Scope[]): void {
  if (!hasScope(principal, ...anyOf)) throw new ForbiddenError(anyOf)
}
