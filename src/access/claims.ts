import type { Principal } from './principal.js'
import { type GrantKind, readGrant } from './read-grant.js'
import { SCOPES, type Scope } from './scope.js'

/** The claim that holds each right: its name, or a JSON pointer such as `/resource_access/billgraph/roles`. */
export type ClaimNames = Readonly<Record<'scopes' | GrantKind, string>>

/** The claims of a token whose signature was verified. */
export type Claims = Readonly<Record<string, unknown>>

const MAX_SUBJECT_LENGTH = 255

/**
 * The principal that a token's claims describe. An absent claim grants nothing.
 *
 * @param issuer the issuer whose key signed the token
 * @returns null when a claim has another form: rights that are only partly understood are not granted at all
 */
export function principalOf(claims: Claims, issuer: string, names: ClaimNames): Principal | null {
  const subject = claims.sub
  if (typeof subject !== 'string' || !isSubject(subject)) return null
  const scopes = readScopes(claimAt(claims, names.scopes))
  const projects = readGrant('projects', claimAt(claims, names.projects))
  const prefixes = readGrant('prefixes', claimAt(claims, names.prefixes))
  const buyers = readGrant('buyers', claimAt(claims, names.buyers))
  if (!scopes || !projects || !prefixes || !buyers) return null
  // An encoded subject has no colon, so two pairs of issuer and subject never share an id.
  return { id: `jwt:${issuer}:${encodeURIComponent(subject)}`, scopes, grants: { projects, prefixes, buyers } }
}

function isSubject(text: string): boolean {
  return text.length > 0 && text.length <= MAX_SUBJECT_LENGTH && text.isWellFormed()
}

/** Words separated by spaces, or a list of words. Scopes of other services are ignored. */
function readScopes(value: unknown): ReadonlySet<Scope> | null {
  if (value === undefined || value === null) return new Set()
  const words: readonly unknown[] =
    typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [value]
  if (!words.every(word => typeof word === 'string')) return null
  return new Set(SCOPES.filter(scope => words.includes(scope)))
}

/** A name is matched whole, dots included, since many are URLs. A pointer follows RFC 6901, through objects only. */
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
