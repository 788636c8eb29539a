import type { Principal } from './principal.js'
import { type GrantKind, readGrant } from './read-grant.js'
import { SCOPES, type Scope } from './scope.js'

/** Where each right stands among the claims: a claim's name, or a JSON pointer, `/resource_access/billgraph/roles`. */
export type ClaimNames = Readonly<Record<'scopes' | GrantKind, string>>

/** What a token says, once its signature is known to be good. */
export type Claims = Readonly<Record<string, unknown>>

const MAX_SUBJECT_LENGTH = 255

/**
 * Who a token's holder is, and what he may see. What a claim does not say is not granted.
 *
 * @param issuer who signed it
 * @returns null for claims of another form: of rights that are half understood none is given
 */
export function principalOf(claims: Claims, issuer: string, names: ClaimNames): Principal | null {
  const subject = claims.sub
  if (typeof subject !== 'string' || !isSubject(subject)) return null
  const scopes = readScopes(claimAt(claims, names.scopes))
  const projects = readGrant('projects', claimAt(claims, names.projects))
  const prefixes = readGrant('prefixes', claimAt(claims, names.prefixes))
  const buyers = readGrant('buyers', claimAt(claims, names.buyers))
  if (!scopes || !projects || !prefixes || !buyers) return null
  // Encoded, a subject has no colon: no two pairs of issuer and subject make one id.
  return { id: `jwt:${issuer}:${encodeURIComponent(subject)}`, scopes, grants: { projects, prefixes, buyers } }
}

function isSubject(text: string): boolean {
  return text.length > 0 && text.length <= MAX_SUBJECT_LENGTH && text.isWellFormed()
}

/** Words with blanks between them, or a list of words. Those that mean nothing here are for somebody else. */
function readScopes(value: unknown): ReadonlySet<Scope> | null {
  if (value === undefined || value === null) return new Set()
  const words: readonly unknown[] =
    typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [value]
  if (!words.every(word => typeof word === 'string')) return null
  return new Set(SCOPES.filter(scope => words.includes(scope)))
}

/** A name is taken whole, dots and all: many are addresses. A pointer is one by RFC 6901, through objects only. */
function claimAt(claims: Claims, name: string): unknown {
  const steps = name.startsWith('/') ? name.slice(1).split('/').map(unescapeStep) : [name]
  let place: unknown = claims
  for (const step of steps) {
    if (typeof place !== 'object' || place === null || Array.isArray(place) || !Object.hasOwn(place, step))
      return undefined
    place = (place as Claims)[step]
  }
  return place
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
