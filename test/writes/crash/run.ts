import type { WriteIntent } from '../../../src/writes/intent.js'
import { entriesAfter } from '../../../src/writes/journal/archive.js'
import { JournalUnavailableError } from '../../../src/writes/journal/sql.js'
import { WriteRefusedError } from '../../../src/writes/refusal.js'
import type { WriteOrder } from '../../../src/writes/writer.js'
import { Random } from '../../fuzz/random.js'
import { type Transition, transitionsOf } from '../transitions.js'
import { checkHistory, checkServer, type Told } from './check.js'
import { type CrashServer, FATES } from './crash-server.js'
import { CRASHES, Crash, CrashingGateway, type CrashPlan } from './crashing-gateway.js'
import { drawOrders } from './orders.js'

/** What a run has shown. */
export interface RunReport {
  /** What is wrong after it; `[]` for nothing. */
  readonly findings: readonly string[]
  /** Every change that its journal has made. */
  readonly transitions: readonly Transition[]
}

const SETTLED_MS = 180_000
const BETWEEN_READS_MS = 60_000
const DAY_MS = 24 * 3_600_000
const MAX_STEPS = 6

/**
 * One run: callers write with a few keys, repeat themselves, and meet a fate or a crash with each write. Then all is well for four
 * minutes. What the server has is compared with what the callers were told.
 */
export async function runOnce(
  server: CrashServer,
  threescale: CrashingGateway['threescale'],
  seed: number,
  index: number,
): Promise<RunReport> {
  const random = new Random(seed, index)
  await using gateway = new CrashingGateway(server, threescale)
  const orders = drawOrders(server, random, index)
  const told: Told = { done: new Map(), wrong: [] }
  const before = new Set(server.data.invoices.map(({ id }) => id))
  const play = new Play(gateway, told)

  const isCharge = orders[0].operation === 'chargeInvoice'
  const steps = 1 + random.below(MAX_STEPS)
  for (let step = 0; step < steps; step++) {
    server.fate = random.onceIn(3) ? null : random.pick(FATES)
    server.lateMs = random.below(SETTLED_MS)
    server.isDeclining = isCharge && random.onceIn(3)
    // A copy that is accepted after the refusal.
    if (server.isDeclining && random.onceIn(2)) server.fate = 'repeated late'
    const count = random.onceIn(4) ? 2 : 1
    const writes = Array.from({ length: count }, () => ({
      order: random.pick(orders),
      crash: random.onceIn(2) ? null : planOf(random, play, random.pick(orders)),
    }))
    await Promise.all(writes.map(({ order, crash }) => play.write(order, crash)))
    server.fate = null
    server.isDeclining = false
    if (random.onceIn(2)) await play.pass(random.below(SETTLED_MS), random.onceIn(6) ? planOf(random, play) : null)
    if (random.onceIn(60)) await play.pass(DAY_MS)
  }
  await play.pass(SETTLED_MS)
  await play.pass(BETWEEN_READS_MS)
  const { journal } = gateway
  const [intents, history] = [await journal.all(), await Array.fromAsync(entriesAfter(journal, 0))]
  const findings = [
    ...told.wrong,
    ...server.findings.splice(0),
    ...checkHistory(history),
    ...checkServer(server.data, intents, told, before),
  ]
  return { findings, transitions: transitionsOf(history) }
}

/** @param retried written by another process while the first one is suspended; none for recovery, which then only sleeps */
function planOf(random: Random, play: Play, retried?: WriteOrder): CrashPlan {
  const point = random.pick(CRASHES)
  const sleepMs = 6_000 + random.below(294_000)
  const meanwhile = async (): Promise<number> => {
    if (!retried) return 0
    await play.pass(sleepMs)
    await play.pass(BETWEEN_READS_MS)
    await play.write(retried, null)
    return sleepMs + BETWEEN_READS_MS
  }
  return { point, transaction: 1 + random.below(8), meanwhile }
}

/** The callers and the time of one run. */
class Play {
  constructor(
    private readonly gateway: CrashingGateway,
    private readonly told: Told,
  ) {}

  /** One request of a caller, to a process of its own. */
  async write(order: WriteOrder, crash: CrashPlan | null): Promise<void> {
    const intent = await this.gateway.start(crash).writer.write(order).catch(explain)
    if (intent === 'not made') return
    if (typeof intent === 'string') this.told.wrong.push(`${order.key}: ${intent}`)
    else if (intent.principal !== order.principal) this.told.wrong.push(`${order.key}: told of another caller's write`)
    else if (intent.state === 'DONE') this.told.done.set(intent.id, intent)
  }

  /** Time passes, and recovery runs. */
  async pass(ms: number, crash: CrashPlan | null = null): Promise<void> {
    const { server } = this.gateway
    await server.pass(ms)
    server.isRecovering = true
    await this.gateway.start(crash).recovery.run()
    server.isRecovering = false
  }
}

/** What a caller may meet besides a result. No caller uses a key for two inputs. */
function explain(error: unknown): WriteIntent | string {
  if (error instanceof WriteRefusedError) {
    return error.refusal.code === 'IDEMPOTENCY_KEY_REUSED' ? error.refusal.message : 'not made'
  }
  if (error instanceof Crash || error instanceof JournalUnavailableError) return 'not made'
  throw error
}
