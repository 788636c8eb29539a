import type { StandInRequest } from '../../../src/standin/handler.js'
import type { InvoiceRecord } from '../../../src/standin/threescale/data.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { DecodePool } from '../../../src/upstream/decoding/worker-pool.js'
import { createThreescaleBilling } from '../../../src/upstream/threescale/create.js'
import type { ThreescaleWrites } from '../../../src/upstream/threescale/writes.js'
import { SCHEMA, WriteJournal } from '../../../src/writes/journal/journal.js'
import { JournalUnavailableError, type SqlDriver } from '../../../src/writes/journal/sql.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { Recovery } from '../../../src/writes/recovery.js'
import { DEFAULT_WRITE_RULES, Writer } from '../../../src/writes/writer.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'

/** The process ends here: nothing after this point runs. */
export class Crash extends Error {}

/** Where a process can end, or its journal fail, during a write. */
export const CRASHES = [
  'before a commit',
  'after a commit',
  'before the request',
  'after the response',
  'journal fails before a commit',
  'journal fails after a commit',
] as const
export type CrashPoint = (typeof CRASHES)[number]

/** What the network and the server do to a request. */
export const FATES = [
  'lost request',
  'lost response',
  'late commit',
  'repeated',
  'repeated late',
  'server error',
  'server error after commit',
  'garbled response',
] as const
export type Fate = (typeof FATES)[number]

/** The latest commit after a request has left: the server's time-outs, and a kernel that goes on sending. */
const LATEST_COMMIT_MS = 170_000

/** A 3scale whose requests meet fates, for many runs. */
export class CrashServer implements AsyncDisposable {
  readonly decoders = new DecodePool()
  now = new Date('2024-02-04T03:00:00Z').getTime()
  /** The fate of the next write. */
  fate: Fate | null = null
  lateMs = 0
  private late: { readonly at: number; readonly request: StandInRequest }[] = []

  private constructor(readonly standIn: ThreescaleStandIn) {
    standIn.intercept = request => this.suffer(request)
  }

  static async start(): Promise<CrashServer> {
    const box: { server?: CrashServer } = {}
    const clock = (): Date => new Date(box.server?.now ?? Date.parse('2024-02-04T03:00:00Z'))
    const standIn = await startThreescale({ clock, data: nimbusMaps })
    box.server = new CrashServer(standIn)
    return box.server
  }

  readonly clock = (): Date => new Date(this.now)

  /** A new invoice like number 1217 or 1208: open, or unpaid and chargeable. */
  addInvoice(like: 1217 | 1208): string {
    const model = nimbusMaps.invoices.find(({ id }) => id === like) as InvoiceRecord
    const id = Math.max(...this.standIn.data.invoices.map(invoice => invoice.id)) + 1
    this.standIn.addInvoice({ ...model, id, dueOn: '2099-01-01' })
    return String(id)
  }

  connect(): ReturnType<typeof createThreescaleBilling> {
    const { url, accessToken } = this.standIn
    return createThreescaleBilling(
      { url, accessToken, deadlineMs: 20_000 },
      { clock: this.clock, decoders: this.decoders, cache: { ttls: null, store: null } },
    )
  }

  /** Moves the clock; requests that were held up arrive. */
  async pass(ms: number): Promise<void> {
    this.now += ms
    const due = this.late.filter(({ at }) => at <= this.now)
    this.late = this.late.filter(({ at }) => at > this.now)
    for (const { request } of due) await this.standIn.handle(request)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.decoders[Symbol.asyncDispose]()
    await this.standIn.close()
  }

  private async suffer(request: StandInRequest) {
    if (request.method === 'GET') return undefined
    const { fate } = this
    this.fate = null
    const hold = (): void => void this.late.push({ at: this.now + (this.lateMs % LATEST_COMMIT_MS), request })
    switch (fate) {
      case null:
        return undefined
      case 'lost request':
        return 'reset'
      case 'server error':
        return { status: 502, body: '' }
      case 'late commit':
        hold()
        return 'reset'
      case 'repeated':
        await this.standIn.handle(request)
        return undefined
      case 'repeated late':
        hold()
        return undefined
      default:
        await this.standIn.handle(request)
        if (fate === 'lost response') return 'reset'
        if (fate === 'server error after commit') return { status: 502, body: '' }
        return { status: 201, headers: { 'content-type': 'application/xml' }, body: '<oops/>' } as const
    }
  }
}

/** A gateway's process over a journal that outlives it. It ends at a crash point. */
export class CrashingGateway {
  /** Where it ends, and at the how-manieth transaction for the journal's points; null for nowhere. */
  crash: { readonly point: CrashPoint; readonly transaction: number } | null = null
  private transactions = 0
  readonly driver: SqlDriver = openSqlite(':memory:', SCHEMA)
  readonly journal: WriteJournal
  private threescale: ThreescaleWrites

  constructor(private readonly server: CrashServer) {
    this.journal = new WriteJournal(this.driver, server.clock)
    this.threescale = server.connect().writes
  }

  /** A writer and recovery, as after a start of the process. */
  start(departMs: number = DEFAULT_WRITE_RULES.departMs): { readonly writer: Writer; readonly recovery: Recovery } {
    this.transactions = 0
    const options = {
      journal: new WriteJournal(this.failing(), this.server.clock),
      threescale: () => this.cutting(),
      rules: { ...DEFAULT_WRITE_RULES, departMs },
      clock: this.server.clock,
    }
    const wait = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
    return { writer: new Writer({ ...options, wait }), recovery: new Recovery({ ...options, log: () => {} }) }
  }

  /** The journal as the process sees it. */
  private failing(): SqlDriver {
    const { driver } = this
    return {
      close: () => driver.close(),
      transaction: async work => {
        const { crash } = this
        const isHere = crash !== null && ++this.transactions === crash.transaction
        if (isHere && crash.point === 'before a commit') throw new Crash()
        if (isHere && crash.point === 'journal fails before a commit') throw new JournalUnavailableError('down')
        const result = await driver.transaction(work)
        if (isHere && crash.point === 'after a commit') throw new Crash()
        if (isHere && crash.point === 'journal fails after a commit') throw new JournalUnavailableError('down')
        return result
      },
    }
  }

  /** The upstream as the process sees it. */
  private cutting(): ThreescaleWrites {
    const { threescale, crash } = this
    const send: ThreescaleWrites['send'] = async (connection, write, departBy) => {
      if (crash?.point === 'before the request') throw new Crash()
      const response = await threescale.send(connection, write, departBy)
      if (crash?.point === 'after the response') throw new Crash()
      return response
    }
    return Object.assign(Object.create(threescale) as ThreescaleWrites, { send })
  }
}
