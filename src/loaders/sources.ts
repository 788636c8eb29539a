import type { BillingSource } from '../domain/source.js'
import { UpstreamError } from '../upstream/errors.js'
import type { UpstreamHealth } from '../upstream/http.js'
import type { Loaders } from './loaders.js'

/** How one configured system stands. */
export interface SourceStatus {
  readonly source: BillingSource
  readonly reachable: boolean
  readonly circuit: UpstreamHealth['circuit']
  /** RFC 3339, UTC. */
  readonly lastSuccessAt: string | null
  readonly message: string | null
}

/** A success this recent answers the question without asking again. */
const RECENT_MS = 10_000

/** The status of each configured system; one that was silent lately is asked for next to nothing. */
export function loadSources({ catalyst, threescale, clock }: Loaders, isDemo: boolean): Promise<SourceStatus[]> {
  const systems = [
    ...(catalyst ? [{ source: 'CATALYST' as const, billing: catalyst.billing }] : []),
    ...(threescale ? [{ source: 'THREESCALE' as const, billing: threescale.billing }] : []),
  ]
  return Promise.all(
    systems.map(async ({ source, billing }): Promise<SourceStatus> => {
      const failure = isRecent([billing.health()].flat(), clock()) ? null : await problemOf(billing.ping())
      const health = [billing.health()].flat()
      return {
        source,
        reachable: failure === null,
        circuit: worstCircuit(health),
        lastSuccessAt: newestSuccess(health)?.toISOString() ?? null,
        message: failure ?? (isDemo ? 'Demo: invented figures from a stand-in, not a real account.' : null),
      }
    }),
  )
}

/** Our own errors are written for the callers of the graph; the text of any other is not for strangers. */
async function problemOf(ping: Promise<void>): Promise<string | null> {
  try {
    await ping
    return null
  } catch (error) {
    return error instanceof UpstreamError ? error.message : 'failed'
  }
}

function isRecent(health: readonly UpstreamHealth[], now: Date): boolean {
  const success = newestSuccess(health)
  if (success === null || now.getTime() - success.getTime() > RECENT_MS) return false
  return health.every(({ lastSuccessAt, lastFailureAt }) => !lastFailureAt || (lastSuccessAt ?? 0) > lastFailureAt)
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
