import { setTimeout } from 'node:timers/promises'
import { CHAOS_FAULTS, type ChaosFault } from '../test/chaos/chaos-fault.js'
import { type ChaosSetup, startChaos } from '../test/chaos/chaos-setup.js'
import { askOnce, type Right, type Seen, SYSTEMS, type System, whatIsRight } from '../test/chaos/chaos-walk.js'
import { Random } from '../test/fuzz/random.js'
import { TODAY } from '../test/gateway.js'
import { quantile } from './quantile.js'

// Every fault alone and a hundred random pairs, in real time: what it costs those who ask, and when all is well again.
// Start: `npm run bench:chaos`, `npm run bench:chaos -- 10` for ten pairs only, `npm run bench:chaos -- 100 429` for the faults with that
// in their name only, and those of the hundred pairs that have one. A seed in CHAOS_SEED.

const PAIRS = Number(process.argv[2] ?? 100)
const NAME = process.argv[3] ?? ''
const SEED = Number(process.env.CHAOS_SEED ?? 20_261_122)
const DEADLINE_MS = 1_000
const PACE_MS = 60
/** Of asking, before and with the fault. */
const PHASE_MS = 3_000
/** A new gateway has its first questions behind it then. */
const SETTLED_MS = 1_000
/** With the fault: longer where no circuit has opened yet, and so long after it has. */
const [LONGEST_PHASE_MS, OPEN_MS] = [8_000, 2_000]
const RECOVERY_LIMIT_MS = 20_000

interface Figures {
  readonly name: string
  readonly requests: number
  readonly healthyErrors: number
  readonly wrong: number
  /** What healthy fields took, before and with the fault. */
  readonly healthyBefore: readonly number[]
  readonly healthyDuring: readonly number[]
  /** p99 of sick fields while a circuit is open and what was under way then has ended; not a number where none opened. */
  readonly openP99: number
  /** How many were let through since, to try whether it is well again. */
  readonly trials: number
  readonly longest: number
  readonly attemptsPerRequest: number
  readonly recoveryMs: number
}

type Timed = Readonly<Record<System, Seen>> & { readonly at: number }

async function askFor(
  house: ChaosSetup,
  right: Right,
  isOver: (ms: number, seen: readonly Timed[]) => boolean,
): Promise<Timed[]> {
  const seen: Timed[] = []
  const start = performance.now()
  const underWay: Promise<void>[] = []
  // As many a second in each phase, however long one takes: else what fails fast would be asked more, and the rest with it.
  while (!isOver(performance.now() - start, seen)) {
    const at = performance.now() - start
    const one = askOnce(house, right, underWay.length).then(both => void seen.push({ ...both, at }))
    underWay.push(one)
    await setTimeout(PACE_MS)
  }
  await Promise.all(underWay)
  return seen
}

/** When a system's circuit first said so; Infinity where it has not. */
function openedAt(system: System, seen: readonly Timed[]): number {
  const first = seen.find(one => one[system].isCircuitOpen)
  return first ? first.at : Number.POSITIVE_INFINITY
}

async function measure(house: ChaosSetup, faults: readonly ChaosFault[]): Promise<Figures> {
  const right = await whatIsRight(house)
  const sick = new Set<System>(faults.map(fault => fault.failing))
  const healthy = SYSTEMS.filter(system => !sick.has(system))
  const before = await askFor(house, right, ms => ms >= PHASE_MS)
  const attempts = () => [...sick].reduce((sum, part) => sum + house.attempts(part), 0)
  const atFirst = attempts()
  for (const fault of faults) fault.strike(house)
  const during = await askFor(
    house,
    right,
    (ms, seen) =>
      ms >= LONGEST_PHASE_MS || (ms >= PHASE_MS && [...sick].every(system => ms >= openedAt(system, seen) + OPEN_MS)),
  )
  const tried = attempts() - atFirst
  house.heal()
  const healed = performance.now()
  for (let isWell = false; !isWell && performance.now() - healed < RECOVERY_LIMIT_MS; ) {
    const { threescale, catalyst } = await askOnce(house, right, 0)
    isWell = threescale.outcome === 'right' && catalyst.outcome === 'right'
    if (!isWell) await setTimeout(100)
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
    attemptsPerRequest: tried / (during.length * sick.size),
    recoveryMs: performance.now() - healed,
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
    `${name.padEnd(60)} ${requests} asked, healthy: ${healthyErrors} errors, p95 x ${(quantile(healthyDuring, 0.95) / quantile(healthyBefore, 0.95)).toFixed(2)}; wrong ${wrong}; ` +
      `sick p99 while open ${ms(openP99)}, ${trials} let through since, longest ${ms(longest)}, attempts x ${attemptsPerRequest.toFixed(2)}, well after ${ms(recoveryMs)}\n`,
  )
}

/** Before anything is measured, for the compiler. */
async function warmUp(): Promise<void> {
  await using house = await startHouse()
  await askFor(house, await whatIsRight(house), ms => ms >= 2 * PHASE_MS)
}

function startHouse(): Promise<ChaosSetup> {
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
  await using house = await startHouse()
  const figures = await measure(house, faults)
  print(figures)
  all.push(figures)
}
const finite = (of: (figures: Figures) => number) => all.map(of).filter(Number.isFinite)
const worst = (of: (figures: Figures) => number) => Math.max(...finite(of))
const spread = (of: (figures: Figures) => number, digits: number) =>
  [0.5, 0.9, 1].map(share => quantile(finite(of), share).toFixed(digits)).join(', ')
// Of one case there are too few for a p99.
const healthyP99 = (of: (figures: Figures) => readonly number[]) => quantile(all.flatMap(of), 0.99)
const [p99Before, p99During] = [healthyP99(f => f.healthyBefore), healthyP99(f => f.healthyDuring)]
process.stdout.write(
  `healthy fields of all cases: p99 ${p99Before.toFixed(1)} ms before, ${p99During.toFixed(1)} ms with the fault, x ${(p99During / p99Before).toFixed(2)}\n` +
    `${all.length} cases: healthy errors ${worst(f => f.healthyErrors)}, wrong ${worst(f => f.wrong)}; median, nine of ten, worst: ` +
    `sick p99 while open ${spread(f => f.openP99, 0)} ms, let through since ${spread(f => f.trials, 0)}; longest ${spread(f => f.longest, 0)} ms; ` +
    `attempts x ${spread(f => f.attemptsPerRequest, 2)}; well after ${spread(f => f.recoveryMs, 0)} ms\n`,
)
