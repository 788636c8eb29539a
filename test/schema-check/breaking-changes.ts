import { type Change, CriticalityLevel, diff, type Rule } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import type { AcceptedBreak } from './change-files.js'
import type { CheckResult, Finding } from './check-result.js'

/** Compares two schemas. Breaking changes that are not accepted are errors; accepted and surprising ones are notes. */
export async function checkBreakingChanges(
  base: string,
  next: string,
  accepted: readonly AcceptedBreak[],
): Promise<CheckResult> {
  const changes = await diff(toSchema(base), toSchema(next), [breakSubgraphs])
  const breaks = changes.filter(change => change.criticality.level === CriticalityLevel.Breaking)
  const isAccepted = (change: Change) => accepted.some(one => one.change === nameOf(change))
  return {
    errors: breaks.filter(change => !isAccepted(change)).map(toError),
    notes: [
      ...breaks.filter(isAccepted).map(change => toFinding(change, 'accepted')),
      ...changes.filter(isSurprise).map(change => toFinding(change, 'may surprise')),
      ...listUnused(accepted, breaks),
    ],
  }
}

/**
 * Adds breaking changes that graphql-inspector does not report, since it considers clients of one schema: a removed
 * `@key` breaks subgraphs that refer to our entities, and `@inaccessible` removes an element for clients.
 */
const breakSubgraphs: Rule = ({ changes }) =>
  changes.map(change => (isSubgraphBreak(change) ? { ...change, criticality: BREAKING } : change))

const BREAKING = { level: CriticalityLevel.Breaking }

function isSubgraphBreak({ type, path = '', criticality }: Change): boolean {
  const isRemoval = /^DIRECTIVE_USAGE_\w+_REMOVED$/.test(type) && /\.@(key|shareable)(\.fields)?$/.test(path)
  const isAddition = /^DIRECTIVE_USAGE_\w+_ADDED$/.test(type) && /\.@inaccessible$/.test(path)
  return criticality.level === CriticalityLevel.Dangerous && (isRemoval || isAddition)
}

/** Whether a change may surprise clients, such as a new enum value or another default. Directives are excluded. */
function isSurprise({ type, criticality }: Change): boolean {
  return criticality.level === CriticalityLevel.Dangerous && !type.startsWith('DIRECTIVE_USAGE_')
}

function nameOf({ type, path }: Change): string {
  return `${type} ${path}`
}

function toError(change: Change): Finding {
  return { at: change.path ?? '', message: `${change.message}. To accept it, add "${nameOf(change)}" to a change file` }
}

function toFinding(change: Change, word: string): Finding {
  return { at: change.path ?? '', message: `${word}: ${change.message}` }
}

function listUnused(accepted: readonly AcceptedBreak[], breaks: readonly Change[]): readonly Finding[] {
  const names = new Set(breaks.map(nameOf))
  return accepted
    .filter(one => !names.has(one.change))
    .map(({ change, file }) => ({ at: file, message: `matches no change, remove it: ${change}` }))
}

/** Schema of a subgraph's SDL, which does not define federation's directives. */
function toSchema(sdl: string) {
  return buildSchema(sdl, { assumeValidSDL: true })
}
