import { type Change, CriticalityLevel, diff, type Rule } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import type { DecidedBreak } from './change-files.js'
import type { Finding, Verdict } from './check-result.js'

/** Whether all that breaks clients or other subgraphs between two schemas has been decided on; what may surprise them is told. */
export async function checkBreakingChanges(
  base: string,
  next: string,
  decided: readonly DecidedBreak[],
): Promise<Verdict> {
  const changes = await diff(toSchema(base), toSchema(next), [breakSubgraphs])
  const breaks = changes.filter(change => change.criticality.level === CriticalityLevel.Breaking)
  const isDecided = (change: Change) => decided.some(one => one.change === nameOf(change))
  return {
    faults: breaks.filter(change => !isDecided(change)).map(toFault),
    remarks: [
      ...breaks.filter(isDecided).map(change => toFinding(change, 'decided')),
      ...changes.filter(isSurprise).map(change => toFinding(change, 'may surprise')),
      ...listUnused(decided, breaks),
    ],
  }
}

/**
 * graphql-inspector thinks of a client. A subgraph that refers to our entities stands on their keys, and a client loses what
 * becomes `@inaccessible` as surely as what is removed.
 */
const breakSubgraphs: Rule = ({ changes }) =>
  changes.map(change => (isSubgraphBreak(change) ? { ...change, criticality: BREAKING } : change))

const BREAKING = { level: CriticalityLevel.Breaking }

function isSubgraphBreak({ type, path = '', criticality }: Change): boolean {
  const isRemoval = /^DIRECTIVE_USAGE_\w+_REMOVED$/.test(type) && /\.@(key|shareable)(\.fields)?$/.test(path)
  const isAddition = /^DIRECTIVE_USAGE_\w+_ADDED$/.test(type) && /\.@inaccessible$/.test(path)
  return criticality.level === CriticalityLevel.Dangerous && (isRemoval || isAddition)
}

/** Such as a new enum value, or another default. Directives are for routers, and there are many. */
function isSurprise({ type, criticality }: Change): boolean {
  return criticality.level === CriticalityLevel.Dangerous && !type.startsWith('DIRECTIVE_USAGE_')
}

function nameOf({ type, path }: Change): string {
  return `${type} ${path}`
}

function toFault(change: Change): Finding {
  return { at: change.path ?? '', message: `${change.message}. If it must be: "${nameOf(change)}" in a change file` }
}

function toFinding(change: Change, word: string): Finding {
  return { at: change.path ?? '', message: `${word}: ${change.message}` }
}

function listUnused(decided: readonly DecidedBreak[], breaks: readonly Change[]): readonly Finding[] {
  const names = new Set(breaks.map(nameOf))
  return decided
    .filter(one => !names.has(one.change))
    .map(({ change, file }) => ({ at: file, message: `names what does not change: ${change}` }))
}

/** Federation's directives are not defined in a subgraph's SDL. */
function toSchema(sdl: string) {
  return buildSchema(sdl, { assumeValidSDL: true })
}
