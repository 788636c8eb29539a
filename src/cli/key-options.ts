import { GRANT_EXPECTED, type GrantKind, isGrantable } from '../access/read-grant.js'
import { SCOPES, type Scope } from '../access/scope.js'
import type { GivenArguments, OptionKind } from './arguments.js'
import { choice } from './option-kinds.js'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const MAX_DAYS = 90

/** Option for a duration such as `24h`, read as milliseconds. */
const GRACE: OptionKind<number> = {
  expected: `a duration such as 0, 30m, 24h or 7d, at most ${MAX_DAYS} days`,
  read: text => {
    if (text === '0') return 0
    const [, count, unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? []
    const ms = Number(count) * (UNITS[unit] ?? Number.NaN)
    return ms <= MAX_DAYS * 86_400_000 ? ms : undefined
  },
}

/** Options of `billgraph keys`. */
export const KEY_OPTIONS = {
  scope: { ...choice<Scope>(Object.fromEntries(SCOPES.map(scope => [scope, scope]))), isRepeatable: true },
  project: grantOption('projects'),
  prefix: grantOption('prefixes'),
  buyer: grantOption('buyers'),
  grace: GRACE,
}

/** The values of those options. */
export type KeyOptions = GivenArguments<typeof KEY_OPTIONS>['options']

function grantOption(kind: GrantKind): OptionKind<string> {
  return {
    expected: GRANT_EXPECTED[kind],
    isRepeatable: true,
    read: text => (text === '*' || isGrantable(kind, text) ? text : undefined),
  }
}
