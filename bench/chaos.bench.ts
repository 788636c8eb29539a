import { setTimeout } from 'node:timers/promises'
import { CHAOS_FAULTS, type ChaosFault } from '../test/chaos/chaos-fault.js'
import { type ChaosSetup, startChaos } from '../test/chaos/chaos-setup.js'
import { askOnce, type Right, type Seen, SYSTEMS, type System, whatIsRight } from '../test/chaos/chaos-walk.js'
import { Random } from '../test/fuzz/random.js'
import { TODAY } from '../test/gateway.js'
import { quantile } from './quantile.js'

// Every fault alone and a hundred random pairs, in real time: errors and latencies during the fault, and the time to recovery.
// Start: `npm run bench:chaos`, `npm run bench:chaos -- 10` for ten pairs only, `npm run bench:chaos -- 100 429` for the faults with 429
// in their name, and those of the hundred pairs that contain one. CHAOS_SEED sets the seed.

const PAIRS = Number(process.argv[2] ?? 100)
const NAME = process.argv[3] ?? ''
const SEED = Number(process.env.CHAOS_SEED ?? 20_261_122)
const DEADLINE_MS = 1_000
const PACE_MS = 60
/** The time of requests before the fault. */
const PHASE_MS = 3_000
/** Requests before this do not count: the gateway has just started. */
const SETTLED_MS = 1_000
/** The longest time of requests with the fault; a circuit breaker that opens shortens it to so long after that. */
const [LONGEST_PHASE_MS, OPEN_MS] = [8_000, 2_000]
const RECOVERY_LIMIT_MS = 20_000

interface Figures {
  readonly name: string
  readonly requests: number
  readonly healthyErrors: number
  readonly wrong: number
  /** Latencies of healthy fields before and during the fault, in ms. */
  readonly healthyBefore: readonly number[]
  readonly healthyDuring: readonly number[]
  /** p99 of faulty fields while a circuit breaker is open and the requests in flight have ended; NaN when none opened. */
  readonly openP99: number
  /** Probes of open circuit breakers. */
  readonly trials: number
  readonly longest: number
  readonly attemptsPerRequest: number
  readonly recoveryMs: number
}

type Timed = Readonly<Record<System, Seen>> & { readonly at: number }

async function sendRequests(
  gateway: ChaosSetup,
  right: Right,
  isOver: (ms: number, seen: readonly Timed[]) => boolean,
): Promise<Timed[]> {
  const seen: Timed[] = []
  const start = performance.now()
  const inFlight: Promise<void>[] = []
  // The rate is the same in each phase: otherwise fast failures would lead to more requests.
  while (!isOver(performance.now() - start, seen)) {
    const at = performance.now() - start
    const one = askOnce(gateway, right, inFlight.length).then(both => void seen.push({ ...both, at }))
    inFlight.push(one)
    await setTimeout(PACE_MS)
  }
  await Promise.all(inFlight)
  return seen
}

/** When a system's circuit breaker opened, in ms since the start; Infinity when it has not. */
function openedAt(system: System, seen: readonly Timed[]): number {
  const first = seen.find(one => one[system].isCircuitOpen)
  return first ? first.at : Number.POSITIVE_INFINITY
}

async function measure(gateway: ChaosSetup, faults: readonly ChaosFault[]): Promise<Figures> {
  const right = await whatIsRight(gateway)
  const sick = new Set<System>(faults.map(fault => fault.failing))
  const healthy = SYSTEMS.filter(system => !sick.has(system))
  const before = await sendRequests(gateway, right, ms => ms >= PHASE_MS)
  const attempts = () => [...sick].reduce((sum, part) => sum + gateway.attempts(part), 0)
  const attemptsBefore = attempts()
  for (const fault of faults) fault.strike(gateway)
  const during = await sendRequests(
    gateway,
    right,
    (ms, seen) =>
      ms >= LONGEST_PHASE_MS || (ms >= PHASE_MS && [...sick].every(system => ms >= openedAt(system, seen) + OPEN_MS)),
  )
  const attemptsDuring = attempts() - attemptsBefore
  gateway.heal()
  const healedAt = performance.now()
  for (let isRecovered = false; !isRecovered && performance.now() - healedAt < RECOVERY_LIMIT_MS; ) {
    const { threescale, catalyst } = await askOnce(gateway, right, 0)
    isRecovered = threescale.outcome === 'right' && catalyst.outcome === 'right'
    if (!isRecovered) await setTimeout(100)
  }
  const msOf = (seen: readonly Timed[], systems: readonly System[]) =>
    seen.flatMap(one => systems.map(system => one[system].ms))
  const sinceOpen = [...sick].flatMap(system => {
    const from = openedAt(system, during) + DEADLINE_MS
    return during.filter(({ at }) => at > from).map(one => one[system])
  })
  return {
    name: faults.map(({ name }) => name).join(' and '),
    requests: during.length,
    healthyErrors: during.flatMap(one => healthy.map(system => one[system])).filter(isNotRight).length,
    wrong: during.flatMap(one => SYSTEMS.map(system => one[system])).filter(({ outcome }) => outcome === 'wrong')
      .length,
    healthyBefore: msOf(
      before.filter(({ at }) => at > SETTLED_MS),
      healthy,
    ),
    healthyDuring: msOf(during, healthy),
    openP99: quantile(
      sinceOpen.filter(({ isCircuitOpen }) => isCircuitOpen).map(({ ms }) => ms),
      0.99,
    ),
    trials: sinceOpen.filter(({ isCircuitOpen }) => !isCircuitOpen).length,
    longest: Math.max(...msOf(during, SYSTEMS)),
    attemptsPerRequest: attemptsDuring / (during.length * sick.size),
    recoveryMs: performance.now() - healedAt,
  }
}

function isNotRight({ outcome }: Seen): boolean {
  return outcome !== 'right'
}

function print({ name, ...figures }: Figures): void {
  const {
    requests,
    healthyErrors,
    wrong,
    healthyBefore,
    healthyDuring,
    openP99,
    trials,
    longest,
    attemptsPerRequest,
    recoveryMs,
  } = figures
  const ms = (value: number) => (Number.isFinite(value) ? `${value.toFixed(0)} ms` : '-')
  process.stdout.write(
    `${name.padEnd(60)} ${requests} requests, healthy: ${healthyErrors} errors, p95 x ${(quantile(healthyDuring, 0.95) / quantile(healthyBefore, 0.95)).toFixed(2)}; wrong ${wrong}; ` +
      `faulty p99 while open ${ms(openP99)}, ${trials} probes, longest ${ms(longest)}, attempts x ${attemptsPerRequest.toFixed(2)}, recovered after ${ms(recoveryMs)}\n`,
  )
}

/** For the compiler. */
async function warmUp(): Promise<void> {
  await using gateway = await startGateway()
  await sendRequests(gateway, await whatIsRight(gateway), ms => ms >= 2 * PHASE_MS)
}

function startGateway(): Promise<ChaosSetup> {
  const moved = TODAY.getTime() - Date.now()
  return startChaos({
    clock: () => new Date(Date.now() + moved),
    random: () => random.below(1_000) / 1_000,
    deadlineMs: { catalyst: DEADLINE_MS, threescale: DEADLINE_MS },
  })
}

const random = new Random(SEED, 0)
const pairs = Array.from({ length: PAIRS }, () => [random.pick(CHAOS_FAULTS), random.pick(CHAOS_FAULTS)])
const cases = [...CHAOS_FAULTS.map(fault => [fault]), ...pairs].filter(one =>
  one.some(({ name }) => name.includes(NAME)),
)
const all: Figures[] = []
await warmUp()
process.stdout.write(`seed ${SEED}, deadline ${DEADLINE_MS} ms\n`)
for (const faults of cases) {
  await using gateway = await startGateway()
  const figures = await measure(gateway, faults)
  print(figures)
  all.push(figures)
}
const finite = (of: (figures: Figures) => number) => all.map(of).filter(Number.isFinite)
const worst = (of: (figures: Figures) => number) => Math.max(...finite(of))
const spread = (of: (figures: Figures) => number, digits: number) =>
  [0.5, 0.9, 1].map(share => quantile(finite(of), share).toFixed(digits)).join(', ')
// One case has too few requests for a p99.
const healthyP99 = (of: (figures: Figures) => readonly number[]) => quantile(all.flatMap(of), 0.99)
const [p99Before, p99During] = [healthyP99(f => f.healthyBefore), healthyP99(f => f.healthyDuring)]
process.stdout.write(
  `healthy fields of all cases: p99 ${p99Before.toFixed(1)} ms before, ${p99During.toFixed(1)} ms during the fault, x ${(p99During / p99Before).toFixed(2)}\n` +
    `${all.length} cases: healthy errors ${worst(f => f.healthyErrors)}, wrong ${worst(f => f.wrong)}; median, p90, worst: ` +
    `faulty p99 while open ${spread(f => f.openP99, 0)} ms, probes ${spread(f => f.trials, 0)}; longest ${spread(f => f.longest, 0)} ms; ` +
    `attempts x ${spread(f => f.attemptsPerRequest, 2)}; recovered after ${spread(f => f.recoveryMs, 0)} ms\n`,
)
