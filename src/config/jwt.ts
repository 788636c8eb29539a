import type { IssuerKeySource, IssuerSettings, JwtSettings } from '../access/caller-settings.js'
import type { ClaimNames } from '../access/claims.js'
import { readKeySet } from '../access/key-set.js'
import { isTrustworthyUrl } from '../upstream/http/url-trust.js'
import type { Environment } from './environment.js'
import { showValue } from './shown-value.js'

/** Reads which JWTs are accepted. Null with a problem. */
export function readJwtSettings(environment: Environment): JwtSettings | null {
  const issuers = readIssuers(environment)
  const audiences = required(
    environment,
    'AUTH_JWT_AUDIENCE',
    isAudience,
    "a list of audiences: the values of aud in this gateway's tokens",
  )
  const maxLifetimeSeconds = environment.integer('AUTH_JWT_MAX_LIFETIME_S')
  const claims = readClaimNames(environment)
  return issuers && audiences && { issuers, audiences, maxLifetimeSeconds, claims }
}

function readIssuers(environment: Environment): readonly IssuerSettings[] | null {
  const expected = 'a list of https URLs of issuers (plain http is for loopback addresses only)'
  const issuers = required(environment, 'AUTH_JWT_ISSUERS', isTrustworthyUrl, expected)
  const sources = readSources(environment, issuers ?? [])
  return issuers?.map(issuer => ({ issuer, keys: sources.get(issuer) ?? { kind: 'discovery' } })) ?? null
}

/** `https://issuer.example.com=https://issuer.example.com/keys,https://other.example.com=/etc/billgraph/jwks.json` */
function readSources(environment: Environment, issuers: readonly string[]): ReadonlyMap<string, IssuerKeySource> {
  const name = 'AUTH_JWT_JWKS'
  const pairs = (environment.text(name)?.split(',') ?? []).map(pair => {
    const text = pair.trim()
    const issuer = issuers.find(one => text.startsWith(`${one}=`))
    return { text, issuer, place: issuer === undefined ? '' : text.slice(issuer.length + 1) }
  })
  const sources = new Map<string, IssuerKeySource>()
  for (const { text, issuer, place } of pairs) {
    if (issuer === undefined || place === '') {
      environment.complain(
        name,
        `has ${showValue(text)}; expected a list of issuer=URL or issuer=file, each issuer one of AUTH_JWT_ISSUERS`,
      )
      continue
    }
    const source = readSource(environment, name, place)
    if (source) sources.set(issuer, source)
  }
  return sources
}

function readSource(environment: Environment, name: string, place: string): IssuerKeySource | null {
  if (isTrustworthyUrl(place)) return { kind: 'url', url: place }
  if (/^[a-z][a-z0-9+.-]*:/i.test(place)) {
    environment.complain(
      name,
      `has ${showValue(place)}; expected an https URL (plain http is for loopback addresses only) or a file`,
    )
    return null
  }
  const text = environment.fileAt(name, place)
  const set = text === undefined ? null : readKeySet(parse(text))
  if (text !== undefined && !set)
    environment.complain(name, `names ${showValue(place)}, which is not a JWKS with a public key`)
  return set && { kind: 'set', set }
}

function readClaimNames(environment: Environment): ClaimNames {
  const read = (name: string) =>
    environment.matching(name, isClaim, 'the name of a claim, or a JSON pointer such as /billgraph/buyers')
  return {
    scopes: read('AUTH_JWT_SCOPES_CLAIM') ?? 'scope',
    projects: read('AUTH_JWT_PROJECTS_CLAIM') ?? 'billgraph_projects',
    prefixes: read('AUTH_JWT_PREFIXES_CLAIM') ?? 'billgraph_prefixes',
    buyers: read('AUTH_JWT_BUYERS_CLAIM') ?? 'billgraph_buyers',
  }
}

function required(
  environment: Environment,
  name: string,
  fits: (word: string) => boolean,
  expected: string,
): readonly string[] | null {
  const words = environment.list(name, fits, expected)
  if (words === undefined) environment.complain(name, `is missing: ${expected}`)
  return words?.every(fits) ? words : null
}

function isAudience(text: string): boolean {
  return /^[^\s\p{Cc}]{1,255}$/u.test(text)
}

function isClaim(text: string): boolean {
  return /^[^\s\p{Cc}]{1,255}$/u.test(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
