import { readFileSync } from 'node:fs'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')

/** The schema as it is committed. */
export const SCHEMA = readFileSync(join(root, 'schema.graphql'), 'utf8')

/** The schema with its first match replaced. Fails where there is none: a mutation that mutates nothing proves nothing. */
export function mutated(search: string | RegExp, replacement: string): string {
  const text = SCHEMA.replace(search, replacement)
  if (text === SCHEMA) throw new Error(`schema.graphql has no ${search}`)
  return text
}

/** Writes a schema to a file that lives as long as the block it is declared in. */
export async function fileOf(sdl: string): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-schema-'))
  const path = join(folder.path, 'schema.graphql')
  await writeFile(path, sdl)
  return { path, [Symbol.asyncDispose]: () => folder.remove() }
}
