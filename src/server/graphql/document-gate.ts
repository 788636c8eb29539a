import type { HTTPGraphQLRequest } from '@apollo/server'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import type { ServerSettings } from '../settings.js'
import { type DocumentReference, readReference, withDocument } from './document-reference.js'
import { complaintAboutPersistedQuery } from './persisted-query.js'
import { findTrusted } from './trusted-documents.js'

/** What is passed on of a request, or why nothing is. */
export type Admission =
  | { readonly admitted: HTTPGraphQLRequest }
  | { readonly code: ErrorCode; readonly reason: string }

/** Decides by a request's document, before that is parsed. */
export type DocumentGate = (request: HTTPGraphQLRequest, requestId: string) => Admission

const NOT_TRUSTED =
  'This graph answers only documents that it was given beforehand: this is none of them, or goes by a wrong id.'

/** Turns the id of a trusted document into its text; refuses what is not trusted, and hashes that are none. */
export function createDocumentGate(settings: ServerSettings, logger: Logger): DocumentGate {
  const { trustedDocuments } = settings
  const texts = new Set(trustedDocuments?.documents.values())
  return (request, requestId) => {
    const reference = readReference(request)
    // What names no document at all is no request: Apollo says so.
    if (!reference || !isNamed(reference)) return { admitted: request }
    if (trustedDocuments) {
      const text = findTrusted(trustedDocuments, texts, reference)
      if (text !== null) return { admitted: withDocument(request, text) }
      const { operationName } = reference
      logger.warn({ requestId, operationName, mode: trustedDocuments.mode }, 'a document is not trusted')
      if (trustedDocuments.mode === 'enforce') return { code: ErrorCode.DOCUMENT_NOT_TRUSTED, reason: NOT_TRUSTED }
    }
    const complaint = settings.hasPersistedQueries ? complaintAboutPersistedQuery(reference) : null
    return complaint === null ? { admitted: request } : { code: ErrorCode.BAD_REQUEST, reason: complaint }
  }
}

function isNamed({ text, documentId, persistedQuery }: DocumentReference): boolean {
  return text !== undefined || documentId !== undefined || persistedQuery !== undefined
}
