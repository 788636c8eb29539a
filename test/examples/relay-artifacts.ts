import { globSync } from 'node:fs'
import { basename } from 'node:path'
import type { ConcreteRequest, ReaderFragment } from 'relay-runtime'

const folder = new URL('../../examples/relay/src/__generated__/', import.meta.url)

/** The compiled operation of that name. */
export function loadRequest(name: string): Promise<ConcreteRequest> {
  return load<ConcreteRequest>(name)
}

/** The compiled fragment of that name. */
export function loadFragment(name: string): Promise<ReaderFragment> {
  return load<ReaderFragment>(name)
}

/** Texts of the operations whose names have that ending, by name. */
export async function loadTexts(ending: string): Promise<ReadonlyMap<string, string>> {
  const names = globSync(`*${ending}.graphql.ts`, { cwd: folder.pathname }).map(file => basename(file, '.graphql.ts'))
  const requests = await Promise.all(
    names.map(async name => [name, (await loadRequest(name)).params.text ?? ''] as const),
  )
  return new Map(requests)
}

/** Artifacts import each other without a file extension, as bundlers resolve it; so does the test runner. */
async function load<T>(name: string): Promise<T> {
  const module: { readonly default: T } = await import(new URL(`${name}.graphql.ts`, folder).href)
  return module.default
}
