import { type GraphQLSchema, parse, validate } from 'graphql'
import type { DocumentReference } from './document-reference.js'

/** The documents that our own clients were built with, and what becomes of any other. */
export interface TrustedDocuments {
  /** `log` answers other documents and notes each; `enforce` refuses them. */
  readonly mode: 'log' | 'enforce'
  /** Texts by id. A SHA-256 is 64 small hexadecimal digits; what is before it, `sha256:`, is left out. */
  readonly documents: ReadonlyMap<string, string>
}

/** The text of the trusted document that a request names, by every name it gives; null when there is none. */
export function findTrusted(
  { documents }: TrustedDocuments,
  texts: ReadonlySet<string>,
  { text, documentId, persistedQuery }: DocumentReference,
): string | null {
  const named = [documentId, hashIn(persistedQuery)].filter(id => id !== undefined).map(id => documents.get(toId(id)))
  if (text !== undefined) named.push(texts.has(text) ? text : undefined)
  const [first, ...others] = named
  return first !== undefined && others.every(other => other === first) ? first : null
}

/** As manifests and requests write it, to what it is kept by. */
export function toId(written: string): string {
  const id = written.startsWith('sha256:') ? written.slice('sha256:'.length) : written
  return isSha256(id) ? id.toLowerCase() : written
}

/** True for an id without its prefix that is a SHA-256. */
export function isSha256(id: string): boolean {
  return /^[0-9a-f]{64}$/i.test(id)
}

/** The ids of those that this schema does not answer, each with the first reason. */
export function findInvalid(schema: GraphQLSchema, { documents }: TrustedDocuments): ReadonlyMap<string, string> {
  const invalid = new Map<string, string>()
  for (const [id, text] of documents) {
    const [error] = validate(schema, parse(text), undefined, { maxErrors: 1 })
    if (error) invalid.set(id, error.message)
  }
  return invalid
}

function hashIn(persistedQuery: unknown): string | undefined {
  const { sha256Hash } = (persistedQuery ?? {}) as { sha256Hash?: unknown }
  return typeof sha256Hash === 'string' ? sha256Hash : undefined
}
