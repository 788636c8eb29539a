import { createHash } from 'node:crypto'
import { parse } from 'graphql'
import { z } from 'zod'
import { isSha256, toId } from '../server/graphql/trusted-documents.js'

/** What graphql-codegen's client preset writes: documents by hash. */
const CODEGEN = z.record(z.string().min(1), z.string())

/** What @apollo/generate-persisted-query-manifest writes. */
const APOLLO = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), type: z.string(), body: z.string() })),
})

type Entry = readonly [id: string, document: string]

/**
 * Reads a manifest of documents, by graphql-codegen or by Apollo.
 *
 * @param complain is told each problem, by the entry that has it
 * @returns the entries that are right, by id as requests are looked up
 */
export function readManifest(text: string, complain: (problem: string) => void): readonly Entry[] {
  const entries = readEntries(text)
  if (!entries) {
    complain("is no manifest: neither graphql-codegen's (documents by hash) nor Apollo's (version 1)")
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
    return `does not parse: ${error instanceof Error ? error.message : 'it is no document'}`
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
