import type { GraphqlAnswer } from '../gateway.js'
import type { ChaosFault } from './chaos-fault.js'
import type { ChaosHouse } from './chaos-house.js'

const QUERY = `{
  threescale: invoices(filter: { source: THREESCALE }, first: 5) { nodes { id total { net { amount } } } }
  catalyst: invoices(filter: { source: CATALYST, from: "2026-10" }, first: 5) { nodes { id total { net { amount } } } }
}`

const SYSTEMS = ['threescale', 'catalyst'] as const

/** One answer, taken apart. */
export interface Seen {
  /** From the question to the last byte of the answer. */
  readonly ms: number
  readonly status: number
  /** Of each system: the same data as when all is well, an error with its code instead, or neither of these. */
  readonly outcome: Readonly<Record<(typeof SYSTEMS)[number], 'right' | 'wrong' | `error ${string}`>>
}

/** What happened in one fault's time. */
export interface Observation {
  readonly before: readonly Seen[]
  readonly during: readonly Seen[]
  /** Asked when the fault was over and the circuits had their time. */
  readonly after: readonly Seen[]
  /** Questions that reached the sick parts meanwhile. */
  readonly attempts: number
}

/**
 * Strikes, asks in waves, heals and asks again.
 *
 * @param rest lets the time pass that an open circuit takes
 */
export async function observe(
  house: ChaosHouse,
  faults: readonly ChaosFault[],
  { waves, width, rest }: { readonly waves: number; readonly width: number; rest(): unknown },
): Promise<Observation> {
  const right = (await house.gateway.askText(QUERY)).data ?? {}
  const before = await askInWaves(house, right, waves, width)
  const sick = new Set(faults.map(fault => fault.sick))
  const attempts = () => [...sick].reduce((sum, part) => sum + house.attempts(part), 0)
  const atFirst = attempts()
  for (const fault of faults) fault.strike(house)
  const during = await askInWaves(house, right, waves, width)
  const tried = attempts() - atFirst
  house.heal()
  await rest()
  // The first one closes the circuits.
  await house.gateway.askText(QUERY)
  return { before, during, attempts: tried, after: await askInWaves(house, right, 1, width) }
}

async function askInWaves(house: ChaosHouse, right: object, waves: number, width: number): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for (let wave = 0; wave < waves; wave++) {
    seen.push(...(await Promise.all(Array.from({ length: width }, () => ask(house, right)))))
  }
  return seen
}

async function ask(house: ChaosHouse, right: object): Promise<Seen> {
  const start = performance.now()
  const answer = await house.gateway.askText(QUERY)
  const ms = performance.now() - start
  const [threescale, catalyst] = SYSTEMS.map(system => outcomeOf(system, answer, right))
  return { ms, status: answer.status, outcome: { threescale: threescale ?? 'wrong', catalyst: catalyst ?? 'wrong' } }
}

function outcomeOf(
  system: (typeof SYSTEMS)[number],
  { data, errors }: GraphqlAnswer<Record<string, unknown>>,
  right: object,
): 'right' | 'wrong' | `error ${string}` {
  const own = errors?.filter(error => error.path?.[0] === system) ?? []
  const { [system]: expected } = right as Record<string, unknown>
  if (own.length === 0) return JSON.stringify(data?.[system]) === JSON.stringify(expected) ? 'right' : 'wrong'
  return data?.[system] === null ? `error ${String(own[0]?.extensions?.code)}` : 'wrong'
}
