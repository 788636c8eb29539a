import { createHash } from 'node:crypto'
import { parse } from 'graphql'
import { z } from 'zod'
import { isSha256, toId } from '../server/graphql/trusted-documents.js'

/** The format of graphql-codegen's client preset: documents by hash. */
const CODEGEN = z.record(z.string().min(1), z.string())

/** The format of @apollo/generate-persisted-query-manifest. */
const APOLLO = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), type: z.string(), body: z.string() })),
})

type Entry = readonly [id: string, document: string]

/**
 * Parses a manifest of trusted documents, by graphql-codegen or by Apollo.
 *
 * @param complain called with each problem, which names the entry
 * @returns the valid entries, by the id that requests use
 */
export function readManifest(text: string, complain: (problem: string) => void): readonly Entry[] {
  const entries = readEntries(text)
  if (!entries) {
    complain("is not a manifest of graphql-codegen's client preset (documents by hash) or of Apollo (version 1)")
    return []
  }
  if (entries.length === 0) complain('has no documents')
  return entries.flatMap(([written, document]) => {
    const problem = problemOf(written, document)
    if (problem !== null) complain(`entry ${written} ${problem}`)
    return problem === null ? [[toId(written), document] as const] : []
  })
}

function readEntries(text: string): readonly Entry[] | null {
  const json = parseJson(text)
  const apollo = APOLLO.safeParse(json)
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => [id, body])
  const codegen = CODEGEN.safeParse(json)
  return codegen.success ? Object.entries(codegen.data) : null
}

function problemOf(written: string, document: string): string | null {
  const id = toId(written)
  if (written.startsWith('sha256:') && !isSha256(id)) return 'is not a SHA-256 in hexadecimal digits'
  if (isSha256(id) && createHash('sha256').update(document).digest('hex') !== id)
    return 'is not the hash of its document'
  try {
    parse(document)
    return null
  } catch (error) {
    return `does not parse: ${error instanceof Error ? error.message : 'it is not a document'}`
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
