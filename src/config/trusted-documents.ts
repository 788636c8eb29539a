import type { TrustedDocuments } from '../server/graphql/trusted-documents.js'
import type { Environment } from './environment.js'
import { readManifest } from './manifest.js'

const FILE = 'TRUSTED_DOCUMENTS_FILE'

/** Null when every document is taken, and when a problem was noted. */
export function readTrustedDocuments(environment: Environment): TrustedDocuments | null {
  const mode = environment.choice('TRUSTED_DOCUMENTS', ['off', 'log', 'enforce'] as const)
  if (mode === 'off') return null
  if (mode === undefined) {
    if (environment.hasAny([FILE]) && !environment.hasAny(['TRUSTED_DOCUMENTS'])) {
      environment.complain(FILE, 'is set without TRUSTED_DOCUMENTS: say off, log or enforce')
    }
    return null
  }
  if (!environment.hasAny([FILE])) {
    environment.complain(FILE, `is missing: TRUSTED_DOCUMENTS=${mode} takes a manifest of documents`)
  }
  const documents = new Map<string, string>()
  for (const { path, text } of environment.files(FILE)) {
    const complain = (problem: string): void => environment.complain(FILE, `${path}: ${problem}`)
    for (const [id, document] of readManifest(text, complain)) {
      if ((documents.get(id) ?? document) !== document) complain(`entry ${id} stands for two documents`)
      documents.set(id, document)
    }
  }
  return { mode, documents }
}
