import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { HTTPGraphQLRequest } from '@apollo/server'
import type { Grant, Principal } from '../../access/principal.js'
import { readReference } from '../graphql/document-reference.js'

/** Every header that can change a response, besides the credential. */
const HEADERS = ['accept', 'content-type', 'x-apollo-operation-name', 'apollo-require-preflight'] as const

const rightsKeys = new WeakMap<Principal, string>()

/**
 * The cache key of a request: equal only for requests of one caller with the same rights, the same document, operation name,
 * variables and extensions, and the same media type. A SHA-256, which reveals none of them.
 *
 * Null for a request that must not share a response: one that registers a persisted query, and one whose body has no exact text.
 */
export function operationKey(principal: Principal, request: HTTPGraphQLRequest): string | null {
  const reference = readReference(request)
  if (!reference || (reference.text !== undefined && reference.persistedQuery !== undefined)) return null
  const { method, headers, search, body } = request
  const sent = method === 'GET' ? search : exactText(body)
  if (sent === null) return null
  return hash(
    'sha256',
    JSON.stringify([rightsKey(principal), method, ...HEADERS.map(name => headers.get(name) ?? null), sent]),
    'base64',
  )
}

/**
 * The key of a request by its raw body: equal for byte-identical requests of one caller with the same rights and media type. It
 * takes no parsing. A SHA-256, like the operation's key.
 */
export function rawKey(principal: Principal, { headers }: IncomingMessage, body: Buffer): string {
  const head = JSON.stringify([rightsKey(principal), ...HEADERS.map(name => headers[name] ?? null)])
  // Latin 1 has a character for every byte.
  return hash('sha256', `${head}\n${body.toString('latin1')}`, 'base64')
}

/** Equal for two principals with the same id, scopes and grants. */
function rightsKey(principal: Principal): string {
  const known = rightsKeys.get(principal)
  if (known !== undefined) return known
  const { id, scopes, grants } = principal
  const granted = [grants.projects, grants.prefixes, grants.buyers].map(namesOf)
  const key = JSON.stringify([id, [...scopes].toSorted(), ...granted])
  rightsKeys.set(principal, key)
  return key
}

/** A list, so that a name `*` is not mistaken for a grant of everything. */
function namesOf(grant: Grant): '*' | readonly string[] {
  return grant === '*' ? grant : [...grant].toSorted()
}

/** JSON; null when other values have the same text, as infinite numbers and null have. */
function exactText(value: unknown): string | null {
  let isExact = true
  const check = (_name: string, part: unknown): unknown => {
    if (typeof part === 'number' && !Number.isFinite(part)) isExact = false
    return part
  }
  try {
    const text = JSON.stringify(value, check)
    return isExact ? text : null
  } catch {
    // Nested so deeply that the stack overflowed.
    return null
  }
}
