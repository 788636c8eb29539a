import { hash } from 'node:crypto'
import type { HTTPGraphQLRequest } from '@apollo/server'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import type { ServerSettings } from '../settings.js'
import { type DocumentReference, readReference, withDocument } from './document-reference.js'
import { findTrusted } from './trusted-documents.js'

/** The request to run, or why it is refused. */
type DocumentDecision =
  | { readonly request: HTTPGraphQLRequest }
  | { readonly code: ErrorCode; readonly message: string }

/** Decides by a request's document, before the document is parsed. */
export type DocumentGate = (request: HTTPGraphQLRequest, requestId: string) => DocumentDecision

const NOT_TRUSTED = 'The document is not one of the trusted documents of this graph, or its id is wrong.'

/** Replaces the id of a trusted document by its text. Refuses untrusted documents and malformed persisted queries. */
export function createDocumentGate(settings: ServerSettings, logger: Logger): DocumentGate {
  const { trustedDocuments } = settings
  const texts = new Set(trustedDocuments?.documents.values())
  return (request, requestId) => {
    const reference = readReference(request)
    // Apollo refuses a request that names no document.
    if (!reference || !isNamed(reference)) return { request }
    if (trustedDocuments) {
      const text = findTrusted(trustedDocuments, texts, reference)
      if (text !== null) return { request: withDocument(request, text) }
      const { operationName } = reference
      logger.warn({ requestId, operationName, mode: trustedDocuments.mode }, 'a document is not trusted')
      if (trustedDocuments.mode === 'enforce') return { code: ErrorCode.DOCUMENT_NOT_TRUSTED, message: NOT_TRUSTED }
    }
    const message = settings.hasPersistedQueries ? persistedQueryProblem(reference) : null
    return message === null ? { request } : { code: ErrorCode.BAD_REQUEST, message }
  }
}

function isNamed({ text, documentId, persistedQuery }: DocumentReference): boolean {
  return text !== undefined || documentId !== undefined || persistedQuery !== undefined
}

/** What is wrong with a persisted query, as a sentence; null when nothing is, or when the request has none. */
function persistedQueryProblem({ persistedQuery, text }: DocumentReference): string | null {
  if (persistedQuery === undefined) return null
  const { version, sha256Hash } = (persistedQuery ?? {}) as { version?: unknown; sha256Hash?: unknown }
  if (version !== 1) return 'extensions.persistedQuery.version is not 1.'
  if (typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/.test(sha256Hash)) {
    return 'extensions.persistedQuery.sha256Hash is not a SHA-256 of 64 lowercase hexadecimal digits.'
  }
  if (text === undefined || hash('sha256', text, 'hex') === sha256Hash) return null
  return 'extensions.persistedQuery.sha256Hash is not the hash of the document.'
}
