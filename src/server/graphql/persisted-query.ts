import { createHash } from 'node:crypto'
import type { DocumentReference } from './document-reference.js'

/** What is wrong with a persisted query, in a sentence; null when nothing is, or the request has none. */
export function complaintAboutPersistedQuery({ persistedQuery, text }: DocumentReference): string | null {
  if (persistedQuery === undefined) return null
  const { version, sha256Hash } = (persistedQuery ?? {}) as { version?: unknown; sha256Hash?: unknown }
  if (version !== 1) return 'extensions.persistedQuery.version is not 1.'
  if (typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/.test(sha256Hash)) {
    return 'extensions.persistedQuery.sha256Hash is not a SHA-256 in 64 small hexadecimal digits.'
  }
  if (text === undefined || sha256Of(text) === sha256Hash) return null
  return 'extensions.persistedQuery.sha256Hash is not the hash of the document.'
}

/** In 64 small hexadecimal digits. */
function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
