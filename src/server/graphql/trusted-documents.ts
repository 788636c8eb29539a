import { type GraphQLSchema, parse, validate } from 'graphql'
import type { DocumentReference } from './document-reference.js'

/** The documents that known clients were built with, and what happens to any other. */
export interface TrustedDocuments {
  /** `log` answers other documents and logs each; `enforce` refuses them. */
  readonly mode: 'log' | 'enforce'
  /** Texts by id. A SHA-256 id is 64 lowercase hexadecimal digits, without the prefix `sha256:`. */
  readonly documents: ReadonlyMap<string, string>
}

/** The text of the trusted document that all of a request's references name; null when there is none. */
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

/** The key of an id as a manifest or a request writes it. */
export function toId(written: string): string {
  const id = written.startsWith('sha256:') ? written.slice('sha256:'.length) : written
  return isSha256(id) ? id.toLowerCase() : written
}

/** True when an id, without its prefix, is a SHA-256. */
export function isSha256(id: string): boolean {
  return /^[0-9a-f]{64}$/i.test(id)
}

/** The ids of documents that are not valid for the schema, each with the first error. */
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
