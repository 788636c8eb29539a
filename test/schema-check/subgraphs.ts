import { globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Subgraph } from './composition.js'

/** Our own subgraph, as printed from code. */
export function readOwnSubgraph(root: string): Subgraph {
  return readSubgraph(root, 'schema.graphql', 'billgraph')
}

/** Other teams' subgraphs: those in `files`, or else all of the example supergraph. */
export function readOtherSubgraphs(root: string, files: readonly string[]): readonly Subgraph[] {
  const found =
    files.length > 0 ? files : globSync('examples/supergraph/**/*.graphql', { cwd: root, exclude: isForeign })
  return found
    .toSorted()
    .map(file => readSubgraph(root, file))
    .filter(isSubgraph)
}

/** Whether a file is not a subgraph: the example also has the composed supergraph and operations. */
function isSubgraph({ sdl }: Subgraph): boolean {
  return sdl.includes('specs.apollo.dev/federation/')
}

function isForeign(path: string): boolean {
  return basename(path) === 'node_modules'
}

function readSubgraph(root: string, file: string, name = basename(file, '.graphql')): Subgraph {
  return { name, sdl: readFileSync(resolve(root, file), 'utf8') }
}
