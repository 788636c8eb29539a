import type { GraphqlAnswer } from '../gateway.js'
import type { ChaosFault } from './chaos-fault.js'
import type { ChaosSetup } from './chaos-setup.js'

const WHAT = 'nodes { id total { net { amount } } }'

/** The two systems. Each query reads from one of them. */
export const SYSTEMS = ['threescale', 'catalyst'] as const
export type System = (typeof SYSTEMS)[number]

/** Concurrent equal requests are coalesced, so these are five different queries per system. */
const VARIANTS = [0, 1, 2, 3, 4] as const
const QUERIES: Readonly<Record<System, (variant: number) => string>> = {
  threescale: variant => `{ invoices(filter: { source: THREESCALE }, first: ${5 + variant}) { ${WHAT} } }`,
  catalyst: variant => `{ invoices(filter: { source: CATALYST, from: "2026-0${9 - variant}" }, first: 5) { ${WHAT} } }`,
}

/** Expected data of each system, by number of the query. */
export type Right = Readonly<Record<System, readonly string[]>>

/** One response of one system. */
export interface Seen {
  /** Time from the request to the last byte of the response, in milliseconds. */
  readonly ms: number
  readonly status: number
  /** The expected data, an error with its code, or neither. */
  readonly outcome: 'right' | 'wrong' | `error ${string}`
  /** True when the response says that the circuit breaker is open. */
  readonly isCircuitOpen: boolean
}

/** Responses by system. */
export type SeenOf = Readonly<Record<System, readonly Seen[]>>

/** What was observed during one fault. */
export interface Observation {
  readonly before: SeenOf
  readonly during: SeenOf
  /** Responses after the fault, when the circuit breakers had time to close. */
  readonly after: SeenOf
  /** Number of requests that reached the failing systems during the fault. */
  readonly attempts: number
}

/**
 * Starts the faults, sends waves of queries, ends the faults and queries again.
 *
 * @param rest lets the time pass after which a circuit breaker probes
 */
export async function observe(
  setup: ChaosSetup,
  faults: readonly ChaosFault[],
  { waves, width, rest }: { readonly waves: number; readonly width: number; rest(): unknown },
): Promise<Observation> {
  const right = await whatIsRight(setup)
  const before = await askInWaves(setup, right, 2, width)
  const failing = new Set(faults.map(fault => fault.failing))
  const attempts = () => [...failing].reduce((sum, part) => sum + setup.attempts(part), 0)
  const atFirst = attempts()
  for (const fault of faults) fault.strike(setup)
  const during = await askInWaves(setup, right, waves, width)
  const tried = attempts() - atFirst
  setup.heal()
  await rest()
  // The first query closes the circuit breakers.
  await askInWaves(setup, right, 1, 1)
  return { before, during, attempts: tried, after: await askInWaves(setup, right, 1, width) }
}

/** Reads the expected data of each system, without faults. */
export async function whatIsRight(setup: ChaosSetup): Promise<Right> {
  const read = async (system: System): Promise<readonly string[]> => {
    const data: string[] = []
    for (const variant of VARIANTS)
      data.push(JSON.stringify((await setup.gateway.askText(QUERIES[system](variant))).data))
    return data
  }
  return { threescale: await read('threescale'), catalyst: await read('catalyst') }
}

/** Sends one of the queries to each system, concurrently. */
export async function askOnce(
  setup: ChaosSetup,
  right: Right,
  number: number,
): Promise<Readonly<Record<System, Seen>>> {
  const query = async (system: System): Promise<Seen> => {
    const start = performance.now()
    const variant = number % VARIANTS.length
    const response = await setup.gateway.askText(QUERIES[system](variant))
    return {
      ms: performance.now() - start,
      status: response.status,
      outcome: outcomeOf(response, right[system][variant] ?? ''),
      isCircuitOpen: response.errors?.[0]?.message.includes('circuit breaker is open') === true,
    }
  }
  const [threescale, catalyst] = await Promise.all([query('threescale'), query('catalyst')])
  return { threescale, catalyst }
}

async function askInWaves(setup: ChaosSetup, right: Right, waves: number, width: number): Promise<SeenOf> {
  const seen: Readonly<Record<System, Seen>>[] = []
  for (let wave = 0; wave < waves; wave++) {
    seen.push(...(await Promise.all(Array.from({ length: width }, (_, number) => askOnce(setup, right, number)))))
  }
  return { threescale: seen.map(({ threescale }) => threescale), catalyst: seen.map(({ catalyst }) => catalyst) }
}

function outcomeOf({ data, errors }: GraphqlAnswer<Record<string, unknown>>, right: string): Seen['outcome'] {
  if (errors === undefined) return JSON.stringify(data) === right ? 'right' : 'wrong'
  return data?.invoices === null ? `error ${String(errors[0]?.extensions?.code)}` : 'wrong'
}
