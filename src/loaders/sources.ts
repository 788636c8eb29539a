import { hasScope } from '../access/rules.js'
import type { BillingSource } from '../domain/source.js'
import { UpstreamError } from '../upstream/http/errors.js'
import type { UpstreamHealth } from '../upstream/http/upstream-http.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import type { Loaders } from './loaders.js'

/** How one configured system stands. */
export interface SourceStatus {
  readonly source: BillingSource
  /** True when at least one account is answered. */
  readonly reachable: boolean
  readonly circuit: UpstreamHealth['circuit']
  /** RFC 3339, UTC. */
  readonly lastSuccessAt: string | null
  readonly message: string | null
}

/** A success this recent answers the question without asking again. */
const RECENT_MS = 10_000

/** The status of each configured system; one that was silent lately is asked for next to nothing. */
export async function loadSources(
  { catalyst, threescale, clock, principal }: Loaders,
  isDemo: boolean,
): Promise<SourceStatus[]> {
  const isTold = hasScope(principal, 'admin')
  const systems: readonly BillingSystem[] = [
    ...(catalyst ? [{ source: 'CATALYST' as const, accounts: catalyst.billing.all.map(one => one.billing) }] : []),
    ...(threescale ? [{ source: 'THREESCALE' as const, accounts: [threescale.billing] }] : []),
  ]
  const rows = await Promise.all(systems.map(system => statusOf(system, clock(), isDemo)))
  // Which clouds and regions there are, and what is wrong with them, is for those who run the gateway.
  return isTold ? rows : rows.map(row => ({ ...row, message: null }))
}

/** One system, and all accounts that the gateway has there. */
interface BillingSystem {
  readonly source: BillingSource
  readonly accounts: readonly Pick<ThreescaleBilling, 'health' | 'ping'>[]
}

async function statusOf({ source, accounts }: BillingSystem, now: Date, isDemo: boolean): Promise<SourceStatus> {
  const problems = await Promise.all(
    accounts.map(account => (isRecent(account.health(), now) ? WELL : problemOf(account.ping()))),
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

const WELL: Pick<SourceStatus, 'reachable' | 'message'> = { reachable: true, message: null }

/** Our errors are written for the callers of the graph; of any other there is nothing to tell them. */
async function problemOf(ping: Promise<readonly string[]>): Promise<typeof WELL> {
  try {
    const parts = await ping
    return parts.length === 0 ? WELL : { reachable: true, message: parts.join('; ') }
  } catch (error) {
    return { reachable: false, message: error instanceof UpstreamError ? error.message : 'failed' }
  }
}

/** True when every part of the system has just answered, and none has failed since. */
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
