import { join } from 'node:path'
import { readBaseSchema } from './base-schema.js'
import { checkBreakingChanges } from './breaking-changes.js'
import { readChangeFiles } from './change-files.js'
import type { Verdict } from './check-result.js'
import { checkCodegen } from './codegen.js'
import { checkComposition, composers, type Subgraph } from './composition.js'
import { checkLint } from './lint.js'
import { checkRelay } from './relay.js'
import { readOtherSubgraphs, readOwnSubgraph } from './subgraphs.js'
import { checkTypes } from './types.js'

const CHANGE_FILES = 'docs/schema-changes'

/** One thing that must hold of the schema. */
export interface Gate {
  readonly name: string
  check(): Verdict | Promise<Verdict>
}

/** What `npm run schema:check` can be told. */
export interface GateOptions {
  /** File or git revision that holds the promised schema, in place of the last tag. */
  readonly base?: string | undefined
  /** Files of other subgraphs to compose with, in place of the example's. */
  readonly others: readonly string[]
}

/** Every gate, quick ones first. A gate that cannot do its work throws. */
export function listGates(root: string, { base, others }: GateOptions): readonly Gate[] {
  const own = readOwnSubgraph(root)
  const joined = [own, ...readOtherSubgraphs(root, others)]
  const supergraphs = joined.length > 1 ? [[own], joined] : [[own]]
  return [
    ...supergraphs.flatMap(listCompositionGates),
    { name: 'graphql-eslint', check: () => checkLint(join(root, 'schema.graphql')) },
    { name: 'graphql-inspector', check: () => comparePromised(root, own.sdl, base) },
    { name: 'relay-compiler over examples/relay', check: () => checkRelay(join(root, 'examples/relay'), own.sdl) },
    { name: 'codegen with strict scalars', check: () => checkCodegen(root) },
    { name: 'tsc over the examples', check: () => checkTypes(root) },
  ]
}

function listCompositionGates(subgraphs: readonly Subgraph[]): readonly Gate[] {
  const names = subgraphs.map(subgraph => subgraph.name).join(' + ')
  return composers.map(composer => ({
    name: `${composer} over ${names}`,
    check: () => checkComposition(composer, subgraphs),
  }))
}

async function comparePromised(root: string, sdl: string, base?: string): Promise<Verdict> {
  const promised = readBaseSchema(root, base)
  if (!promised)
    return { faults: [], remarks: [{ at: 'base', message: 'nothing has been promised: no tag, no baseline' }] }
  const { faults, remarks } = await checkBreakingChanges(promised.sdl, sdl, readChangeFiles(join(root, CHANGE_FILES)))
  return { faults, remarks: [{ at: 'base', message: promised.from }, ...remarks] }
}
