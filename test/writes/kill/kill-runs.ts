import type { WriteIntent } from '../../../src/writes/intent.js'
import { entriesAfter } from '../../../src/writes/journal/archive.js'
import { WriteJournal } from '../../../src/writes/journal/journal.js'
import { openPostgres } from '../../../src/writes/journal/postgres.js'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { Random } from '../../fuzz/random.js'
import { checkHistory, checkServer, type Told } from '../crash/check.js'
import { FATES, type Fate } from '../crash/crash-server.js'
import { type Answered, COUNT_ONLY, KilledGateway, type KilledGatewayOptions, type StepPlan } from './killed-gateway.js'

/** What a chain of killed processes has shown. */
export interface KillReport {
  /** What is wrong; `[]` for nothing. */
  readonly findings: readonly string[]
  /** How often a process ended or stopped at each step, or at null: the step did not come. */
  readonly steps: ReadonlyMap<string, number>
}

const SETTLED_MS = 180_000
const BETWEEN_READS_MS = 60_000
const DEPART_MS = 5_000
const MOST_STARTS = 10
/** The test's own reads do not depend on how busy the machine is. */
const PATIENT_MS = 30_000
/** How long a request may take from the guard to the server on a busy machine. */
const SLACK_MS = 10_000

/**
 * Writes in processes over one journal, each of which is killed, or suspended for minutes, at some step of its write, while the request
 * meets a fate. Then all is well for four minutes. What the server has is compared with what the callers were told.
 */
export async function killRuns(options: KilledGatewayOptions, seed: number, count: number): Promise<KillReport> {
  const runs = new KillRuns(options, new Random(seed, 0))
  await runs.countSteps()
  for (let index = 0; index < count; index++) await runs.run(index, index / count)
  return { findings: await runs.settleAndCheck(), steps: runs.steps }
}

const FIELDS = ['addLineItem', 'createInvoice', 'chargeInvoice'] as const
type Field = (typeof FIELDS)[number]

/** Fates after which no response comes. */
const WITHOUT_RESPONSE: readonly Fate[] = ['lost request', 'lost response', 'late commit']
const STEPS_OF_RESPONSE = 2

interface Mutation {
  readonly field: Field
  readonly input: { readonly idempotencyKey: string } & Readonly<Record<string, string>>
}

class KillRuns {
  readonly steps = new Map<string, number>()
  private gateway: KilledGateway | null = null
  /** How many steps a write has that nothing disturbs. */
  private readonly stepCounts = new Map<Field, number>()
  private readonly before: Set<number>
  /** What callers were told to be done, by key: the id of the line item, or of the invoice. */
  private readonly told = new Map<string, string>()

  constructor(
    private readonly options: KilledGatewayOptions,
    private readonly random: Random,
  ) {
    const { server, clock } = options
    this.before = new Set(server.data.invoices.map(({ id }) => id))
    server.sendersClock = () => clock.at(Date.now())
  }

  /** Counts the steps of one write of each kind that nothing disturbs. */
  async countSteps(): Promise<void> {
    const gateway = await this.start()
    // The first process to open the database creates its tables, which takes steps of its own.
    await gateway.recovered()
    for (const [index, field] of FIELDS.entries()) {
      await gateway.arm(COUNT_ONLY)
      const { input } = this.draw(-index, field)
      this.note(input.idempotencyKey, await gateway.mutate(field, input))
      this.stepCounts.set(field, (await gateway.steps()).length)
    }
  }

  /** @param part which of the steps, from 0 to 1: so all of them have their turn */
  async run(index: number, part: number): Promise<void> {
    const { server } = this.options
    const { random } = this
    const gateway = await this.start()
    const { field, input } = this.draw(index + 1)
    const fate = random.onceIn(3) ? null : random.pick(FATES)
    const steps = (this.stepCounts.get(field) ?? 0) - (fate && WITHOUT_RESPONSE.includes(fate) ? STEPS_OF_RESPONSE : 0)
    const action = random.onceIn(5) ? 'SIGSTOP' : 'SIGKILL'
    const plan: StepPlan = { step: 1 + Math.floor(part * steps), action, isOfRequest: true }
    server.fate = fate
    server.lateMs = random.below(SETTLED_MS)
    await gateway.arm(plan)
    const answered = gateway.mutate(field, input)
    if (action === 'SIGSTOP' && (await gateway.stopped(plan, answered))) await this.suspend(gateway, plan)
    this.note(input.idempotencyKey, await answered)
    server.fate = null
    if (!(await gateway.arm(COUNT_ONLY))) this.gateway = null
    const step = `${action} ${gateway.stepOf(plan)}`
    this.steps.set(step, (this.steps.get(step) ?? 0) + 1)
    await this.pass(random.below(BETWEEN_READS_MS))
    // Half of the callers repeat what they were not told the result of.
    if (random.onceIn(2)) this.note(input.idempotencyKey, await (await this.start()).mutate(field, input))
  }

  /** Everything is well from here on: four minutes later nothing is in doubt. */
  async settleAndCheck(): Promise<readonly string[]> {
    const { server } = this.options
    await (await this.start(false)).gateway.end()
    this.gateway = null
    await this.pass(SETTLED_MS)
    await this.recover(({ readBack }) => readBack !== null)
    await this.pass(BETWEEN_READS_MS)
    await this.recover(() => false)
    await using journal = this.openJournal()
    const [intents, history] = [await journal.all(), await Array.fromAsync(entriesAfter(journal, 0))]
    return [
      ...checkHistory(history),
      ...checkServer(server.data, intents, this.toldOf(intents), this.before),
      ...this.lateSends(history.map(({ body }) => JSON.parse(body) as WriteIntent)),
    ]
  }

  /** A start reads back. Again on a machine so busy that the journal did not respond in time. */
  private async recover(isRead: (intent: WriteIntent) => boolean): Promise<void> {
    for (let tries = 0; tries < MOST_STARTS; tries++) {
      const gateway = await this.start(false)
      await gateway.recovered()
      await gateway.gateway.end()
      this.gateway = null
      await using journal = this.openJournal()
      const unsettled = (await journal.all()).filter(({ state }) => state === 'SENT' || state === 'IN_DOUBT')
      if (unsettled.every(isRead)) return
    }
  }

  private openJournal(): WriteJournal {
    const { journal, clock } = this.options
    const driver = journal.includes('://') ? openPostgres(journal, SCHEMA, PATIENT_MS) : openSqlite(journal, SCHEMA)
    return new WriteJournal(driver, () => new Date(clock.at(Date.now())))
  }

  /** The running gateway, or a new one. One in four new ones is killed during its recovery first. */
  private async start(mayDie = true): Promise<KilledGateway> {
    const { options, random } = this
    if (!this.gateway && mayDie && random.onceIn(4)) {
      const plan: StepPlan = { step: 1 + random.below(20), action: 'SIGKILL', isOfRequest: false }
      this.gateway = await KilledGateway.start(options, plan)
      if (this.gateway && !(await this.gateway.arm(COUNT_ONLY))) this.gateway = null
    }
    const gateway = this.gateway ?? (await KilledGateway.start(options))
    if (!gateway) throw new Error('the gateway has ended by itself')
    this.gateway = gateway
    return gateway
  }

  private async suspend(gateway: KilledGateway, plan: StepPlan): Promise<void> {
    // Between the guard and the bytes there is no await: what is suspended there cannot be held back any more.
    if (!gateway.stepOf(plan)?.endsWith('the bytes')) await this.pass(DEPART_MS + this.random.below(295_000))
    gateway.gateway.child.kill('SIGCONT')
  }

  private async pass(ms: number): Promise<void> {
    this.options.clock.pass(ms)
    await this.options.server.pass(ms)
  }

  private draw(index: number, field?: Mutation['field']): Mutation {
    const { random } = this
    const drawn = field ?? random.pick(['addLineItem', 'addLineItem', 'addLineItem', 'createInvoice', 'chargeInvoice'])
    const idempotencyKey = `run-${index}-key-of-a-caller`
    if (drawn === 'createInvoice') {
      // A buyer of its own: what is in doubt for a buyer would block the next one.
      const buyerId = `threescale:buyer:${this.options.server.takeBuyer()}`
      return { field: drawn, input: { idempotencyKey, buyerId, month: '2024-02' } }
    }
    const { id } = this.options.server.addInvoice(drawn === 'addLineItem' ? 1217 : 1208)
    this.before.add(id)
    const invoiceId = `threescale:invoice:${id}`
    const line = { name: 'By hand', description: 'Two hours', cost: '1.50' }
    return { field: drawn, input: { idempotencyKey, invoiceId, ...(drawn === 'addLineItem' && line) } }
  }

  private note(key: string, answered: Answered | null): void {
    for (const payload of Object.values(answered?.data ?? {})) {
      const id = payload?.lineItem?.id ?? payload?.invoice?.id
      if (payload?.userErrors.length === 0) this.told.set(key, id?.split(':').at(-1) ?? '')
    }
  }

  private toldOf(intents: readonly WriteIntent[]): Told {
    const byKey = new Map(intents.map(intent => [intent.key, intent]))
    const told: Told = { done: new Map(), wrong: [] }
    for (const [key, id] of this.told) {
      const intent = byKey.get(key)
      const invoiceId = intent?.input.operation === 'createInvoice' ? id : (intent?.result?.invoiceId ?? '')
      const result = { invoiceId, lineItemId: intent?.input.operation === 'addLineItem' ? id : null }
      if (intent) told.done.set(intent.id, { ...intent, result })
      else told.wrong.push(key)
    }
    return told
  }

  /** Requests that have arrived although the journal had had them as sent for too long. */
  private lateSends(changes: readonly WriteIntent[]): readonly string[] {
    return this.options.server.arrivals.flatMap(({ request, at }) => {
      const sentMs = changes.flatMap(({ state, sentAt, target }) => {
        const isOf = request.startsWith(`POST /api/${target.replace('invoice/', 'invoices/')}/`)
        return state === 'SENT' && isOf && sentAt !== null && Date.parse(sentAt) <= at ? [at - Date.parse(sentAt)] : []
      })
      const lateMs = Math.min(...sentMs)
      const isLate = sentMs.length > 0 && lateMs > DEPART_MS + SLACK_MS
      return isLate ? [`${request} was sent ${lateMs} ms after the journal had it`] : []
    })
  }
}
