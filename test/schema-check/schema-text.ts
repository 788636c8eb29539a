import { readFileSync } from 'node:fs'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')

/** Committed schema. */
export const SCHEMA = readFileSync(join(root, 'schema.graphql'), 'utf8')

/** Schema with the first match of `search` replaced. @throws Error when there is no match */
export function mutated(search: string | RegExp, replacement: string): string {
  const text = SCHEMA.replace(search, replacement)
  if (text === SCHEMA) throw new Error(`schema.graphql has no ${search}`)
  return text
}

/** Temporary file with a schema, which is deleted at the end of the block. */
export async function fileOf(sdl: string): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-schema-'))
  const path = join(folder.path, 'schema.graphql')
  await writeFile(path, sdl)
  return { path, [Symbol.asyncDispose]: () => folder.remove() }
}
