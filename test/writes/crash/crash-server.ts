import type { StandInRequest } from '../../../src/standin/handler.js'
import type { BuyerRecord, InvoiceRecord, ThreescaleData } from '../../../src/standin/threescale/data.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'

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

/** How many buyers a server has on top, without invoices. */
const BUYERS = 100
const FIRST_BUYER = 1_001

const START = Date.parse('2024-02-04T03:00:00Z')

/** A 3scale whose requests meet fates, for many runs. Its clock is moved by hand. */
export class CrashServer implements AsyncDisposable {
  now = START
  /** The fate of the next write. */
  fate: Fate | null = null
  lateMs = 0
  /** The writes that have arrived, oldest first: `POST /api/invoices.xml`, and when by the clock of the processes that send. */
  readonly arrivals: { readonly request: string; readonly at: number }[] = []
  sendersClock: () => number = () => this.now
  /** True while the payment provider declines what comes at once; what comes late is accepted. */
  isDeclining = false
  /** True while nothing but recovery runs: it may remove a line item, and sends nothing else. */
  isRecovering = false
  /** What was sent although it must not be. */
  readonly findings: string[] = []
  private buyersTaken = 0
  private late: { readonly at: number; readonly request: StandInRequest }[] = []

  private constructor(private readonly standIn: ThreescaleStandIn) {
    standIn.intercept = request => this.suffer(request)
  }

  static async start(): Promise<CrashServer> {
    const [model] = nimbusMaps.buyers.filter(({ id }) => id === 74)
    const more = Array.from({ length: BUYERS }, (_, index) => ({ ...(model as BuyerRecord), id: FIRST_BUYER + index }))
    const data = { ...nimbusMaps, buyers: [...nimbusMaps.buyers, ...more] }
    const box: { server?: CrashServer } = {}
    const standIn = await startThreescale({ clock: () => new Date(box.server?.now ?? START), data })
    box.server = new CrashServer(standIn)
    return box.server
  }

  readonly clock = (): Date => new Date(this.now)

  get url(): string {
    return this.standIn.url
  }

  get accessToken(): string {
    return this.standIn.accessToken
  }

  get data(): ThreescaleData {
    return this.standIn.data
  }

  /** A new invoice like number 1217 or 1208: open with lines, or unpaid and chargeable. */
  addInvoice(like: 1217 | 1208): InvoiceRecord {
    const model = nimbusMaps.invoices.find(({ id }) => id === like) as InvoiceRecord
    const id = Math.max(...this.data.invoices.map(invoice => invoice.id)) + 1
    const invoice = { ...model, id, dueOn: '2099-01-01' }
    this.standIn.addInvoice(invoice)
    return invoice
  }

  /** The id of a buyer that nothing was written for yet, until all had their turn. */
  takeBuyer(): number {
    return FIRST_BUYER + (this.buyersTaken++ % BUYERS)
  }

  /** Moves the clock; requests that were held up arrive, each at its time. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms
    const due = this.late.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)
    this.late = this.late.filter(({ at }) => at > end)
    for (const { at, request } of due) {
      this.now = Math.max(this.now, at)
      await this.standIn.handle(request)
    }
    this.now = end
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.standIn.close()
  }

  private async respond(request: StandInRequest) {
    if (!this.isDeclining) return undefined
    const { knobs } = this.standIn
    const { gateway } = knobs
    knobs.gateway = 'decline'
    try {
      return await this.standIn.handle(request)
    } finally {
      knobs.gateway = gateway
    }
  }

  private async suffer(request: StandInRequest) {
    if (request.method === 'GET') return undefined
    this.arrivals.push({ request: `${request.method} ${request.path}`, at: this.sendersClock() })
    if (this.isRecovering && request.method !== 'DELETE') {
      this.findings.push(`recovery has sent ${request.method} ${request.path}`)
    }
    const { fate } = this
    this.fate = null
    const hold = (): void => void this.late.push({ at: this.now + (this.lateMs % LATEST_COMMIT_MS), request })
    switch (fate) {
      case null:
        return this.respond(request)
      case 'lost request':
        return 'reset'
      case 'server error':
        return { status: 502, body: '' }
      case 'late commit':
        hold()
        return 'reset'
      case 'repeated':
        await this.standIn.handle(request)
        return this.respond(request)
      case 'repeated late':
        hold()
        return this.respond(request)
      default:
        await this.standIn.handle(request)
        if (fate === 'lost response') return 'reset'
        if (fate === 'server error after commit') return { status: 502, body: '' }
        return { status: 201, headers: { 'content-type': 'application/xml' }, body: '<oops/>' } as const
    }
  }
}
