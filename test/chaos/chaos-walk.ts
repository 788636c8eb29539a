import type { GraphqlAnswer } from '../gateway.js'
import type { ChaosFault } from './chaos-fault.js'
import type { ChaosHouse } from './chaos-setup.js'

const WHAT = 'nodes { id total { net { amount } } }'

/** The two systems, each of which is asked by requests of its own. */
export const SYSTEMS = ['threescale', 'catalyst'] as const
export type System = (typeof SYSTEMS)[number]

/** Who asks the same at once shares one answer: these are five questions to each system that are not the same. */
const VARIANTS = [0, 1, 2, 3, 4] as const
const QUERIES: Readonly<Record<System, (variant: number) => string>> = {
  threescale: variant => `{ invoices(filter: { source: THREESCALE }, first: ${5 + variant}) { ${WHAT} } }`,
  catalyst: variant => `{ invoices(filter: { source: CATALYST, from: "2026-0${9 - variant}" }, first: 5) { ${WHAT} } }`,
}

/** What each system tells when all is well, by the number of the question. */
export type Right = Readonly<Record<System, readonly string[]>>

/** One answer of one system. */
export interface Seen {
  /** From the question to the last byte of the answer. */
  readonly ms: number
  readonly status: number
  /** The same data as when all is well, an error with its code instead, or neither of these. */
  readonly outcome: 'right' | 'wrong' | `error ${string}`
  /** True when it says that the upstream is left alone for failing. */
  readonly isNotAsked: boolean
}

/** What was seen of each system. */
export type SeenOf = Readonly<Record<System, readonly Seen[]>>

/** What happened in one fault's time. */
export interface Observation {
  readonly before: SeenOf
  readonly during: SeenOf
  /** Asked when the fault was over and the circuits had their time. */
  readonly after: SeenOf
  /** Questions that reached the sick systems meanwhile. */
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
  const right = await whatIsRight(house)
  const before = await askInWaves(house, right, 2, width)
  const sick = new Set(faults.map(fault => fault.sick))
  const attempts = () => [...sick].reduce((sum, part) => sum + house.attempts(part), 0)
  const atFirst = attempts()
  for (const fault of faults) fault.strike(house)
  const during = await askInWaves(house, right, waves, width)
  const tried = attempts() - atFirst
  house.heal()
  await rest()
  // The first one closes the circuits.
  await askInWaves(house, right, 1, 1)
  return { before, during, attempts: tried, after: await askInWaves(house, right, 1, width) }
}

/** What each system tells when all is well. */
export async function whatIsRight(house: ChaosHouse): Promise<Right> {
  const tell = async (system: System): Promise<readonly string[]> => {
    const answers: string[] = []
    for (const variant of VARIANTS)
      answers.push(JSON.stringify((await house.gateway.askText(QUERIES[system](variant))).data))
    return answers
  }
  return { threescale: await tell('threescale'), catalyst: await tell('catalyst') }
}

/** Asks each system one of the questions, at the same time. */
export async function askOnce(
  house: ChaosHouse,
  right: Right,
  number: number,
): Promise<Readonly<Record<System, Seen>>> {
  const ask = async (system: System): Promise<Seen> => {
    const start = performance.now()
    const variant = number % VARIANTS.length
    const answer = await house.gateway.askText(QUERIES[system](variant))
    return {
      ms: performance.now() - start,
      status: answer.status,
      outcome: outcomeOf(answer, right[system][variant] ?? ''),
      isNotAsked: answer.errors?.[0]?.message.includes('is not being asked') === true,
    }
  }
  const [threescale, catalyst] = await Promise.all([ask('threescale'), ask('catalyst')])
  return { threescale, catalyst }
}

async function askInWaves(house: ChaosHouse, right: Right, waves: number, width: number): Promise<SeenOf> {
  const seen: Readonly<Record<System, Seen>>[] = []
  for (let wave = 0; wave < waves; wave++) {
    seen.push(...(await Promise.all(Array.from({ length: width }, (_, number) => askOnce(house, right, number)))))
  }
  return { threescale: seen.map(({ threescale }) => threescale), catalyst: seen.map(({ catalyst }) => catalyst) }
}

function outcomeOf({ data, errors }: GraphqlAnswer<Record<string, unknown>>, right: string): Seen['outcome'] {
  if (errors === undefined) return JSON.stringify(data) === right ? 'right' : 'wrong'
  return data?.invoices === null ? `error ${String(errors[0]?.extensions?.code)}` : 'wrong'
}
