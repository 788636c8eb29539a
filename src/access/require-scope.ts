import type { Principal } from './principal.js'
import { hasScope } from './rules.js'
import type { Scope } from './scope.js'

/** The caller may not do this at all, whoever's bills they are. Bills that are not his do not exist for him instead. */
export class ForbiddenError extends Error {
  /** @param scopes of which one would have been enough */
  constructor(readonly scopes: readonly Scope[]) {
    super(`This takes the scope ${scopes.join(' or ')}, which the caller does not have.`)
    this.name = 'ForbiddenError'
  }
}

/** @throws ForbiddenError for a principal without any of these scopes */
export function requireScope(principal: Principal, ...anyOf: readonly Scope[]): void {
  if (!hasScope(principal, ...anyOf)) throw new ForbiddenError(anyOf)
}
