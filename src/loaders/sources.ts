import { hasScope } from '../access/rules.js'
import type { BillingSource } from '../domain/source.js'
import { UpstreamError } from '../upstream/http/errors.js'
import type { UpstreamHealth } from '../upstream/http/upstream-http.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import type { Loaders } from './loaders.js'

/** The status of a configured billing system. */
export interface SourceStatus {
  readonly source: BillingSource
  /** True when at least one account responds. */
  readonly reachable: boolean
  readonly circuit: UpstreamHealth['circuit']
  /** RFC 3339, UTC. */
  readonly lastSuccessAt: string | null
  readonly message: string | null
}

/** After a success this recent, the system is not called again. */
const RECENT_MS = 10_000

/** The status of each configured system. A system without a recent success is called for a minimal response. */
export async function loadSources(
  { catalyst, threescale, clock, principal }: Loaders,
  isDemo: boolean,
  writes: WritesOfCaller | null = null,
): Promise<SourceStatus[]> {
  const isAdmin = hasScope(principal, 'admin')
  const systems: readonly BillingSystem[] = [
    ...(catalyst ? [{ source: 'CATALYST' as const, accounts: catalyst.billing.all.map(one => one.billing) }] : []),
    ...(threescale ? [{ source: 'THREESCALE' as const, accounts: [threescale.billing] }] : []),
  ]
  const rows = await Promise.all(systems.map(system => statusOf(system, clock(), isDemo)))
  // Messages name clouds and regions: they are for operators of the gateway.
  if (!isAdmin) return rows.map(row => ({ ...row, message: null }))
  const open = writes && threescale ? await undecided(writes) : null
  return rows.map(row => (row.source === 'THREESCALE' ? { ...row, message: joined(row.message, open) } : row))
}

/** The incidents that the caller sees, for their number. */
export interface WritesOfCaller {
  incidents(): Promise<readonly unknown[]>
}

/** What is wrong with writes; null for nothing. */
async function undecided(writes: WritesOfCaller): Promise<string | null> {
  const count = await writes.incidents().then(
    ({ length }) => length,
    () => null,
  )
  if (count === null) return 'the journal of writes does not respond'
  return count === 0 ? null : `${count} ${count === 1 ? 'write needs' : 'writes need'} a decision: see incidents`
}

function joined(...messages: readonly (string | null)[]): string | null {
  return messages.filter(message => message !== null).join('; ') || null
}

/** A system and the gateway's accounts there. */
interface BillingSystem {
  readonly source: BillingSource
  readonly accounts: readonly Pick<ThreescaleBilling, 'health' | 'ping'>[]
}

async function statusOf({ source, accounts }: BillingSystem, now: Date, isDemo: boolean): Promise<SourceStatus> {
  const problems = await Promise.all(
    accounts.map(account => (isRecent(account.health(), now) ? HEALTHY : problemOf(account.ping()))),
  )
  const health = accounts.flatMap(account => account.health())
  const messages = problems.flatMap(problem => problem.message ?? [])
  return {
    source,
    reachable: problems.some(problem => problem.reachable),
    circuit: worstCircuit(health),
    lastSuccessAt: newestSuccess(health)?.toISOString() ?? null,
    message: messages.join('; ') || (isDemo ? 'Demo: invented figures from a stand-in, not a real account.' : null),
  }
}

const HEALTHY: Pick<SourceStatus, 'reachable' | 'message'> = { reachable: true, message: null }

/** Upstream errors have messages for API callers. Any other message stays private. */
async function problemOf(ping: Promise<readonly string[]>): Promise<typeof HEALTHY> {
  try {
    const parts = await ping
    return parts.length === 0 ? HEALTHY : { reachable: true, message: parts.join('; ') }
  } catch (error) {
    return { reachable: false, message: error instanceof UpstreamError ? error.message : 'failed' }
  }
}

/** True when every part of the system has a recent success and no failure since. */
function isRecent(health: readonly UpstreamHealth[], now: Date): boolean {
  return health.every(
    ({ lastSuccessAt, lastFailureAt }) =>
      lastSuccessAt !== null &&
      now.getTime() - lastSuccessAt.getTime() <= RECENT_MS &&
      (lastFailureAt === null || lastFailureAt < lastSuccessAt),
  )
}

function newestSuccess(health: readonly UpstreamHealth[]): Date | null {
  return newestOf(health.map(one => one.lastSuccessAt))
}

function newestOf(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((newest, one) => (one !== null && (newest === null || one > newest) ? one : newest), null)
}

function worstCircuit(health: readonly UpstreamHealth[]): UpstreamHealth['circuit'] {
  const circuits = health.map(one => one.circuit)
  if (circuits.includes('OPEN')) return 'OPEN'
  return circuits.includes('HALF_OPEN') ? 'HALF_OPEN' : 'CLOSED'
}
