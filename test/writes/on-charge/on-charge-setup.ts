import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { Principal } from '../../../src/access/principal.js'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { parseMoney, sumMoney } from '../../../src/domain/money.js'
import type { OnChargePlan } from '../../../src/domain/on-charge/plan.js'
import type { ChargeableCost, OnChargeTerms } from '../../../src/domain/on-charge/terms.js'
import type { ThreescaleData } from '../../../src/standin/threescale/data.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { DecodePool } from '../../../src/upstream/decoding/worker-pool.js'
import { createThreescaleBilling } from '../../../src/upstream/threescale/create.js'
import type { ThreescaleWrites } from '../../../src/upstream/threescale/writes.js'
import { WriteJournal } from '../../../src/writes/journal/journal.js'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { OnChargeWrites } from '../../../src/writes/on-charge/on-charge-writes.js'
import type { StoredRun } from '../../../src/writes/on-charge/stored-run.js'
import { Recovery } from '../../../src/writes/recovery.js'
import { DEFAULT_WRITE_RULES, Writer } from '../../../src/writes/writer.js'
import { Writes } from '../../../src/writes/writes.js'
import { resourceLine } from '../../domain/bills.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'

/** The month that is charged, and the month that runs at the start. */
export const MONTH = '2024-01'
export const RUNNING = '2024-02'
export const START = new Date('2024-02-04T03:00:00Z')
export const BUYER = '71'

export const TERMS: OnChargeTerms = { markup: null, groupBy: 'RESOURCE', exchangeRate: null, invoiceMonth: null }
export const TWENTY: OnChargeTerms = { ...TERMS, markup: { percent: parseDecimal('20') } }

/** What `customer-wcc` cost in July 2017: seven lines of 81.69 in all. */
export const WCC: readonly LineItem[] = [
  ...['fdc', 'gdc'].map(zone => resourceLine(`customer-wcc-ipsec-router-${zone}`, '11.85')),
  ...['fdc', 'gdc'].map(zone => resourceLine(`customer-wcc-${zone}-vpnservice`, '11.85')),
  ...['customer-wcc-fdc', 'customer-wcc-gdc', 'customer-wcc'].map(name => resourceLine(name, '11.43')),
]

/** A cost of January 2024. */
export function costOf(lines: readonly LineItem[], members: Partial<ChargeableCost> = {}): ChargeableCost {
  return { customerKey: 'wcc', buyerId: BUYER, month: MONTH, lines, currency: 'NZD', buyers: [BUYER], ...members }
}

/** Ends a run in the midst of it, as a killed process does. */
export class Killed extends Error {}

/** What to run. */
export interface RunOptions {
  readonly terms?: OnChargeTerms
  readonly key?: string
  readonly principal?: Principal
  /** The hash of a dry run; that of the present plan unless given. */
  readonly planHash?: string
  /** The run ends after so many steps. */
  readonly killAfter?: number
}

/** On-charging in front of the stand-in for 3scale, with a clock that only the test moves. */
export class OnChargeSetup implements AsyncDisposable {
  /** `POST /api/invoices.xml` and the like: the writes that reached the server, oldest first. */
  readonly sent: string[] = []
  /** Called with every write before the server has it; 'lost response' carries it out and breaks the connection. */
  onWrite: () => 'lost response' | undefined | Promise<undefined> = () => undefined
  private keys = 0
  journal: WriteJournal
  private charges: OnChargeWrites
  private recovery: Recovery

  private constructor(
    readonly standIn: ThreescaleStandIn,
    private readonly billing: ReturnType<typeof createThreescaleBilling>,
    private readonly decoders: DecodePool,
    private readonly time: { now: Date },
  ) {
    standIn.intercept = async request => {
      if (request.method === 'GET') return undefined
      this.sent.push(`${request.method} ${request.path}`)
      if ((await this.onWrite()) !== 'lost response') return undefined
      await standIn.handle(request)
      return 'reset'
    }
    this.journal = this.openJournal()
    ;[this.charges, this.recovery] = this.create()
  }

  get now(): Date {
    return this.time.now
  }

  set now(now: Date) {
    this.time.now = now
  }

  static async start(data: ThreescaleData = nimbusMaps): Promise<OnChargeSetup> {
    const clock = { now: START }
    const standIn = await startThreescale({ clock: () => clock.now, data, currency: 'NZD' })
    const decoders = new DecodePool()
    const billing = createThreescaleBilling(
      { url: standIn.url, accessToken: standIn.accessToken, deadlineMs: 20_000 },
      { clock: () => clock.now, decoders, cache: { ttls: null, store: null } },
    )
    return new OnChargeSetup(standIn, billing, decoders, clock)
  }

  plan(lines: readonly LineItem[], terms = TERMS): Promise<OnChargePlan> {
    return this.charges.plan(costOf(lines), terms)
  }

  planFor(cost: ChargeableCost, terms = TERMS): Promise<OnChargePlan> {
    return this.charges.plan(cost, terms)
  }

  run(lines: readonly LineItem[], options: RunOptions = {}): Promise<StoredRun> {
    return this.runFor(costOf(lines), options)
  }

  async runFor(cost: ChargeableCost, options: RunOptions = {}): Promise<StoredRun> {
    const { terms = TERMS, key = `run-of-a-test-${++this.keys}`, principal = FULL_ACCESS, killAfter } = options
    const expectedPlanHash = options.planHash ?? (await this.charges.plan(cost, terms)).hash
    const onStep = (done: number): void => {
      if (done === killAfter) throw new Killed()
    }
    return this.charges.run(
      { principal, key, expectedPlanHash },
      { charged: cost, cost: async () => cost, terms, onStep },
    )
  }

  /** Another process over the same journal. */
  restart(): void {
    ;[this.charges, this.recovery] = this.create()
  }

  /** A new, empty journal. */
  loseJournal(): void {
    this.journal = this.openJournal()
    this.restart()
  }

  /** Moves the clock, and lets recovery run. */
  async pass(ms: number): Promise<void> {
    this.now = new Date(this.now.getTime() + ms)
    await this.recovery.run()
  }

  /** Changes the state of an invoice, as 3scale's own job does. */
  async setState(invoiceId: string, state: string): Promise<void> {
    await this.byHand('PUT', `/api/invoices/${invoiceId}/state.xml`, { state })
  }

  /** Removes a line in the portal. */
  async removeByHand(invoiceId: string, lineItemId: string): Promise<undefined> {
    await this.byHand('DELETE', `/api/invoices/${invoiceId}/line_items/${lineItemId}.xml`)
  }

  /** `customer-wcc 11.43 .0` and the like: the on-charged lines that are billed, by name. */
  lines(): readonly string[] {
    return this.standIn.data.invoices
      .filter(({ state }) => state !== 'cancelled')
      .flatMap(({ lineItems }) => lineItems)
      .flatMap(({ name, cost, description }) => {
        const marker = /\[bg1o:[a-z2-7]{16}(\.\d+)\]$/.exec(description ?? '')
        return marker ? [`${name} ${formatDecimal(sumMoney([parseMoney(cost, 'NZD')], 'NZD'))} ${marker[1]}`] : []
      })
      .sort()
  }

  /** The sum of the on-charged lines on one invoice. */
  totalOf(invoiceId: string): string {
    const lines = this.standIn.data.invoices.find(({ id }) => String(id) === invoiceId)?.lineItems ?? []
    return sumOf(lines)
  }

  /** The sum of all on-charged lines that are billed. */
  get charged(): string {
    return sumOf(this.standIn.data.invoices.filter(({ state }) => state !== 'cancelled').flatMap(one => one.lineItems))
  }

  get invoices(): readonly number[] {
    return this.standIn.data.invoices.map(({ id }) => id)
  }

  /** Everything that a caller with full access can do. */
  get writes(): Writes {
    return new Writes({ writer: this.writer, journal: this.journal, onCharge: this.charges }, FULL_ACCESS)
  }

  /** The writer of this process, for other writes than runs. */
  get writer(): Writer {
    return this.createWriter()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.billing.close()
    await this.journal[Symbol.asyncDispose]()
    await this.decoders[Symbol.asyncDispose]()
    await this.standIn.close()
  }

  private async byHand(method: string, path: string, parameters: Readonly<Record<string, string>> = {}): Promise<void> {
    const query = new URLSearchParams({ access_token: this.standIn.accessToken, ...parameters })
    const request = { method, path, query, headers: {}, body: '', gone: new AbortController().signal }
    const { status } = await this.standIn.handle(request)
    if (status !== 200) throw new Error(`${method} ${path} was refused: ${status}`)
  }

  private openJournal(): WriteJournal {
    return new WriteJournal(openSqlite(':memory:', SCHEMA), () => this.now)
  }

  private create(): [OnChargeWrites, Recovery] {
    const common = this.common()
    const writes = { writer: this.createWriter(), journal: this.journal }
    const { threescale, clock } = common
    return [
      new OnChargeWrites({ writes, threescale, clock, safetyFactor: 3 }),
      new Recovery({ ...common, log: () => {} }),
    ]
  }

  private createWriter(): Writer {
    const wait = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
    return new Writer({ ...this.common(), wait })
  }

  private common() {
    const threescale = (): ThreescaleWrites => this.billing.writes
    return { journal: this.journal, threescale, rules: DEFAULT_WRITE_RULES, clock: () => this.now }
  }
}

function sumOf(lines: ThreescaleData['invoices'][number]['lineItems']): string {
  const costs = lines
    .filter(({ description }) => description?.includes('[bg1o:'))
    .map(({ cost }) => parseMoney(cost, 'NZD'))
  return formatDecimal(sumMoney(costs, 'NZD'))
}

/** `CREATE a 11.43` for every step but KEEP. */
export function changesOf({ steps }: OnChargePlan): readonly string[] {
  return steps.flatMap(({ action, name, cost }) =>
    action === 'KEEP' ? [] : [`${action} ${name} ${formatDecimal(cost)}`],
  )
}
