import { join } from 'node:path'
import { readBaseSchema } from './base-schema.js'
import { checkBreakingChanges } from './breaking-changes.js'
import { readChangeFiles } from './change-files.js'
import type { CheckResult } from './check-result.js'
import { checkCodegen } from './codegen.js'
import { checkComposition, composers, type Subgraph } from './composition.js'
import { checkLint } from './lint.js'
import { checkRelay } from './relay.js'
import { readOtherSubgraphs, readOwnSubgraph } from './subgraphs.js'
import { checkTypes } from './types.js'

const CHANGE_FILES = 'docs/schema-changes'

/** Named check of the schema. */
export interface Check {
  readonly name: string
  run(): CheckResult | Promise<CheckResult>
}

/** Options of `npm run schema:check`. */
export interface CheckOptions {
  /** File or git revision with the base schema. Default: the last tag. */
  readonly base?: string | undefined
  /** Files of other subgraphs to compose with. Default: those of the example. */
  readonly others: readonly string[]
}

/** All checks, fast ones first. A check that cannot run throws. */
export function listChecks(root: string, { base, others }: CheckOptions): readonly Check[] {
  const own = readOwnSubgraph(root)
  const joined = [own, ...readOtherSubgraphs(root, others)]
  const supergraphs = joined.length > 1 ? [[own], joined] : [[own]]
  return [
    ...supergraphs.flatMap(listCompositionChecks),
    { name: 'graphql-eslint', run: () => checkLint(join(root, 'schema.graphql')) },
    { name: 'graphql-inspector', run: () => compareWithBase(root, own.sdl, base) },
    { name: 'relay-compiler over examples/relay', run: () => checkRelay(join(root, 'examples/relay'), own.sdl) },
    { name: 'codegen with strict scalars', run: () => checkCodegen(root) },
    { name: 'tsc over the examples', run: () => checkTypes(root) },
  ]
}

function listCompositionChecks(subgraphs: readonly Subgraph[]): readonly Check[] {
  const names = subgraphs.map(subgraph => subgraph.name).join(' + ')
  return composers.map(composer => ({
    name: `${composer} over ${names}`,
    run: () => checkComposition(composer, subgraphs),
  }))
}

async function compareWithBase(root: string, sdl: string, base?: string): Promise<CheckResult> {
  const baseSchema = readBaseSchema(root, base)
  if (!baseSchema)
    return { errors: [], notes: [{ at: 'base', message: 'there is no base schema: no tag and no baseline' }] }
  const { errors, notes } = await checkBreakingChanges(baseSchema.sdl, sdl, readChangeFiles(join(root, CHANGE_FILES)))
  return { errors, notes: [{ at: 'base', message: baseSchema.source }, ...notes] }
}
