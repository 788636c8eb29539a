import { editDistance } from '../domain/edit-distance.js'
import type { Environment } from './environment.js'
import { KNOWN_VARIABLES, SETTING_VARIABLES } from './known-variables.js'

/** Prefixes that no other program uses. An unknown variable with one of them is a mistake, whatever it is near to. */
const OWN_PREFIXES = [
  'THREESCALE_',
  'CATALYST_',
  'AUTH_JWT_',
  'AUTH_KEYS',
  'TRUSTED_DOCUMENTS',
  'TRUST_PROX',
  'TRUSTED_PROX',
]

/** Settings have no such prefix, but other programs' do. Only `billgraph mcp` has settings with it. */
const PROGRAM_PREFIX = 'BILLGRAPH_'

/** A misspelt setting with one of these names would open the gateway further than intended, so it is a problem. */
const PROTECTIVE = /^(NODE_ENV|AUTH_|TRUSTED_DOCUMENTS)/

/** Edits by which a long name may differ from a setting's to be taken for a misspelling of it. */
const MAX_DISTANCE = 2

/** Variables that Kubernetes and Docker set for a service, such as a service named catalyst. */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP)(_\w+)?)?)$/

/** Settings of earlier versions, and what to do instead. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  ['FRONT_THREAD', 'unset it, since one thread listens and executes'],
  ['LOAD_LOOP_DELAY_MS', 'set ADMISSION_MAX_LOOP_DELAY_MS'],
  ['LOAD_OPERATIONS', 'set ADMISSION_PERMITS'],
  ['LOAD_OPERATIONS_OF_CALLER', 'unset it, since a quarter of the permits is reserved for other callers'],
  ['LOAD_WAITING', 'set ADMISSION_QUEUE_LIMIT'],
  ['SHUTDOWN_TIMEOUT_MS', 'set DRAIN_TIMEOUT_MS, and DRAIN_DELAY_MS for the time before'],
])

/** A set variable that is not a setting but looks like one. */
export interface Misspelling {
  readonly variable: string
  readonly nearest: string
  /** True when they differ by few edits, or by the prefix BILLGRAPH_; false when only a prefix is ours. */
  readonly isClose: boolean
}

/** All set variables that look like misspelt settings, in the environment's order. */
export function findMisspellings(names: readonly string[]): readonly Misspelling[] {
  return names.flatMap(variable => {
    if (KNOWN_VARIABLES.has(variable) || REMOVED.has(variable) || SERVICE_LINK.test(variable)) return []
    const unprefixed = variable.startsWith(PROGRAM_PREFIX) ? variable.slice(PROGRAM_PREFIX.length) : ''
    if (SETTING_VARIABLES.has(unprefixed)) return [{ variable, nearest: unprefixed, isClose: true }]
    const isOurs = OWN_PREFIXES.some(prefix => variable.startsWith(prefix))
    const { nearest, distance } = findNearest(variable, isOurs ? Number.POSITIVE_INFINITY : MAX_DISTANCE)
    const isClose = distance <= maxDistance(nearest)
    return isClose || isOurs ? [{ variable, nearest, isClose }] : []
  })
}

/**
 * Checks the names of the set variables. A misspelling of a setting that protects the gateway is added to the problems.
 *
 * @returns a warning for each other misspelling, and for each setting that was removed
 */
export function checkSpelling(environment: Environment): readonly string[] {
  const warnings = environment.names().flatMap(name => {
    const hint = REMOVED.get(name)
    return hint === undefined ? [] : [`${name} was removed: ${hint}. It is ignored.`]
  })
  for (const { variable, nearest, isClose } of findMisspellings(environment.names())) {
    const hint = `is not a setting of Billgraph; the nearest one is ${nearest}`
    // What is merely near to AUTH may be another program's: AUTO.
    const isProtective = PROTECTIVE.test(nearest) || variable === `${PROGRAM_PREFIX}AUTH`
    if (isClose && isProtective) environment.complain(variable, `${hint}: rename or unset it`)
    else warnings.push(`${variable} ${hint}. It is ignored.`)
  }
  return warnings
}

/** @param limit of the distance; names that are longer or shorter by more are left out, since comparing takes time at each start */
function findNearest(variable: string, limit: number): { readonly nearest: string; readonly distance: number } {
  const [first = { nearest: '', distance: Number.POSITIVE_INFINITY }] = [...KNOWN_VARIABLES]
    .filter(name => Math.abs(name.length - variable.length) <= limit)
    .map(nearest => ({ nearest, distance: editDistance(variable, nearest) }))
    .sort((a, b) => a.distance - b.distance)
  return first
}

/** Short names are near to too many others. */
function maxDistance(name: string): number {
  if (name.length < 4) return 0
  return name.length < 10 ? 1 : MAX_DISTANCE
}
