import type { StandInRequest, StandInResponse } from '../../src/standin/handler.js'
import {
  startThreescale,
  type ThreescaleStandIn,
  type ThreescaleStandInOptions,
} from '../../src/standin/threescale/start.js'
import { DecodePool } from '../../src/upstream/decoding/worker-pool.js'
import { createThreescaleBilling } from '../../src/upstream/threescale/create.js'
import type { AddLineItem, WriteInput, WriteIntent } from '../../src/writes/intent.js'
import { WriteJournal } from '../../src/writes/journal/journal.js'
import { SCHEMA } from '../../src/writes/journal/schema.js'
import type { SqlDriver } from '../../src/writes/journal/sql.js'
import { openSqlite } from '../../src/writes/journal/sqlite.js'
import { Recovery, type RecoveryEvent } from '../../src/writes/recovery.js'
import type { WriteRefusal } from '../../src/writes/refusal.js'
import { WriteRefusedError } from '../../src/writes/refusal.js'
import { DEFAULT_WRITE_RULES, type WriteOrder, type WriteRules, Writer } from '../../src/writes/writer.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'

/** What happens to a write between the gateway and the server. */
export type Fate = 'lost request' | 'lost response' | 'server error after commit' | 'garbled response'

/** A writer in front of the stand-in for 3scale, with a clock that only the test moves. */
export interface WriterSetup extends AsyncDisposable {
  readonly standIn: ThreescaleStandIn
  readonly journal: WriteJournal
  readonly writer: Writer
  readonly recovery: Recovery
  readonly events: RecoveryEvent[]
  /** `POST /api/invoices.xml` and the like: the writes that reached the server, oldest first. */
  readonly sent: string[]
  /** What happens to the next writes, oldest first. */
  readonly fates: Fate[]
  /** Moves the clock alone. */
  moveClock(ms: number): void
  /** Moves the clock, and lets recovery run. */
  pass(ms: number): Promise<void>
  /** Another writer and recovery over the same journal and server, as after a restart. */
  restart(): Pick<WriterSetup, 'writer' | 'recovery'>
}

/** Options of the setup; the defaults give an empty journal in memory and the tenant Nimbus Maps. */
export interface WriterSetupOptions extends ThreescaleStandInOptions {
  readonly driver?: SqlDriver
  readonly rules?: Partial<WriteRules>
  readonly deadlineMs?: number
}

/** Starts the stand-in and a writer in front of it. */
export async function startWriter(options: WriterSetupOptions = {}): Promise<WriterSetup> {
  let now = new Date('2024-02-04T03:00:00Z')
  const clock = (): Date => now
  const standIn = await startThreescale({ clock, data: nimbusMaps, ...options })
  const decoders = new DecodePool()
  const { writes: threescale, close } = createThreescaleBilling(
    { url: standIn.url, accessToken: standIn.accessToken, deadlineMs: options.deadlineMs ?? 20_000 },
    { clock, decoders, cache: { ttls: null, store: null } },
  )
  const journal = new WriteJournal(options.driver ?? openSqlite(':memory:', SCHEMA), clock)
  const events: RecoveryEvent[] = []
  const create = () => {
    const rules = { ...DEFAULT_WRITE_RULES, ...options.rules }
    const common = { journal, threescale: () => threescale, rules, clock }
    const wait = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
    return {
      writer: new Writer({ ...common, wait }),
      recovery: new Recovery({ ...common, log: event => void events.push(event) }),
    }
  }
  const { writer, recovery } = create()
  const [sent, fates]: [string[], Fate[]] = [[], []]
  standIn.intercept = request => {
    if (request.method === 'GET') return undefined
    const fate = fates.shift()
    if (fate === 'lost request') return 'reset'
    sent.push(`${request.method} ${request.path}`)
    return fate && (() => suffer(standIn, request, fate))()
  }
  return {
    standIn,
    journal,
    writer,
    recovery,
    events,
    sent,
    fates,
    moveClock: ms => {
      now = new Date(now.getTime() + ms)
    },
    pass: async ms => {
      now = new Date(now.getTime() + ms)
      await recovery.run()
    },
    restart: create,
    async [Symbol.asyncDispose]() {
      await close()
      await journal[Symbol.asyncDispose]()
      await decoders[Symbol.asyncDispose]()
      await standIn.close()
    },
  }
}

/** The server carries the write out, and its response does not arrive as it was. */
async function suffer(
  standIn: ThreescaleStandIn,
  request: StandInRequest,
  fate: Exclude<Fate, 'lost request'>,
): Promise<StandInResponse | 'reset'> {
  await standIn.handle(request)
  if (fate === 'lost response') return 'reset'
  if (fate === 'server error after commit') return { status: 502, headers: { 'content-type': 'text/html' }, body: 'x' }
  return { status: 201, headers: { 'content-type': 'application/xml' }, body: '<oops/>' }
}

/** A line item of 12.50 on invoice 1217, which is open. */
export const LINE: AddLineItem = {
  operation: 'addLineItem',
  invoiceId: '1217',
  name: 'Support, extra',
  description: 'Two hours in November',
  quantity: '2',
  cost: '12.50',
  type: '',
  metricId: null,
  contractId: null,
}

/** An order of a caller. */
export function order(key: string, input: WriteInput = LINE, allowSimilar = false): WriteOrder {
  return { principal: 'key:finance', operation: input.operation, key: key.padEnd(16, '-'), input, allowSimilar }
}

/** The refusal of a write that must not be made. */
export async function refusalOf(written: Promise<WriteIntent>): Promise<WriteRefusal> {
  const error = await written.then(
    intent => new Error(`was not refused: ${intent.state}`),
    (thrown: unknown) => thrown,
  )
  if (error instanceof WriteRefusedError) return error.refusal
  throw error
}
