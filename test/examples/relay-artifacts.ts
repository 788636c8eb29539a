import { globSync } from 'node:fs'
import { basename } from 'node:path'
import type { ConcreteRequest, ReaderFragment } from 'relay-runtime'

const folder = new URL('../../examples/relay/src/__generated__/', import.meta.url)

/** What relay-compiler made of an operation, by its name. */
export function loadRequest(name: string): Promise<ConcreteRequest> {
  return load<ConcreteRequest>(name)
}

/** What relay-compiler made of a fragment, by its name. */
export function loadFragment(name: string): Promise<ReaderFragment> {
  return load<ReaderFragment>(name)
}

/** The texts of all operations whose names end in a word, by name. */
export async function loadTexts(ending: string): Promise<ReadonlyMap<string, string>> {
  const names = globSync(`*${ending}.graphql.ts`, { cwd: folder.pathname }).map(file => basename(file, '.graphql.ts'))
  const requests = await Promise.all(
    names.map(async name => [name, (await loadRequest(name)).params.text ?? ''] as const),
  )
  return new Map(requests)
}

/** Artifacts import each other without an extension, as a bundler has it; the test runner follows them. */
async function load<T>(name: string): Promise<T> {
  const module: { readonly default: T } = await import(new URL(`${name}.graphql.ts`, folder).href)
  return module.default
}
