import { hash } from 'node:crypto'
import type { HTTPGraphQLRequest } from '@apollo/server'
import type { Principal } from '../../access/principal.js'
import { readReference } from '../graphql/document-reference.js'
import { rightsKey } from './rights-key.js'

/** All headers that decide how an operation is answered, besides the credential. */
const HEADERS = ['accept', 'content-type', 'x-apollo-operation-name', 'apollo-require-preflight'] as const

/**
 * The same text for requests of one caller with the same rights, which differ in nothing that their answers could hang on: document,
 * operation, variables and all else that is sent with them, and in which media type they want it. A hash: what is kept under it tells
 * neither.
 *
 * Null for what is to be answered by itself: one that leaves a document here, and what cannot be told apart as text.
 */
export function operationKey(principal: Principal, request: HTTPGraphQLRequest): string | null {
  const reference = readReference(request)
  if (!reference || (reference.text !== undefined && reference.persistedQuery !== undefined)) return null
  const { method, headers, search, body } = request
  const sent = method === 'GET' ? search : writeExactly(body)
  if (sent === null) return null
  return hash(
    'sha256',
    JSON.stringify([rightsKey(principal), method, ...HEADERS.map(name => headers.get(name) ?? null), sent]),
    'base64',
  )
}

/** Null where the text would not be of this value alone: numbers beyond all bounds are written as null. */
function writeExactly(value: unknown): string | null {
  let isExact = true
  const look = (_name: string, part: unknown): unknown => {
    if (typeof part === 'number' && !Number.isFinite(part)) isExact = false
    return part
  }
  try {
    const text = JSON.stringify(value, look)
    return isExact ? text : null
  } catch {
    // Nested deeper than the stack.
    return null
  }
}
