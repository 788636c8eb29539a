import type { TrustedDocuments } from '../server/graphql/trusted-documents.js'
import type { Environment } from './environment.js'
import { readManifest } from './manifest.js'

const FILE = 'TRUSTED_DOCUMENTS_FILE'

/** Reads the trusted documents. Null when every document is accepted, and with a problem. */
export function readTrustedDocuments(environment: Environment): TrustedDocuments | null {
  const mode = environment.choice('TRUSTED_DOCUMENTS', ['off', 'log', 'enforce'] as const)
  if (mode === 'off') return null
  if (mode === undefined) {
    if (environment.hasAny([FILE]) && !environment.hasAny(['TRUSTED_DOCUMENTS'])) {
      environment.complain(FILE, 'is set without TRUSTED_DOCUMENTS: set that to off, log or enforce')
    }
    return null
  }
  if (!environment.hasAny([FILE])) {
    environment.complain(FILE, `is missing: TRUSTED_DOCUMENTS=${mode} needs a manifest of documents`)
  }
  const documents = new Map<string, string>()
  for (const { path, text } of environment.files(FILE)) {
    const complain = (problem: string): void => environment.complain(FILE, `${path}: ${problem}`)
    for (const [id, document] of readManifest(text, complain)) {
      if ((documents.get(id) ?? document) !== document) complain(`entry ${id} has two different documents`)
      documents.set(id, document)
    }
  }
  return { mode, documents }
}
