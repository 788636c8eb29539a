import { DecodePool } from '../../../src/upstream/decoding/worker-pool.js'
import { createThreescaleBilling } from '../../../src/upstream/threescale/create.js'
import type { ThreescaleWrites } from '../../../src/upstream/threescale/writes.js'
import { WriteJournal } from '../../../src/writes/journal/journal.js'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { JournalUnavailableError, type SqlDriver } from '../../../src/writes/journal/sql.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { Recovery } from '../../../src/writes/recovery.js'
import { DEFAULT_WRITE_RULES, Writer, type WriterOptions } from '../../../src/writes/writer.js'
import type { CrashServer } from './crash-server.js'

/** The process ends here: nothing after this point runs. */
export class Crash extends Error {}

/** Where a process can end, be suspended, or have its journal fail. */
export const CRASHES = [
  'before a commit',
  'after a commit',
  'power lost after a commit',
  'before the request',
  'power lost before the request',
  'after the response',
  'journal fails before a commit',
  'journal fails after a commit',
  'suspended before the request',
] as const

/** One crash of one process. */
export interface CrashPlan {
  readonly point: (typeof CRASHES)[number]
  /** At the how-manieth transaction, for the points at a commit. */
  readonly transaction: number
  /** What happens while the process is suspended. Returns for how long it was, in milliseconds. */
  readonly meanwhile: () => Promise<number>
}

/** A journal that outlives the processes which use it, and what they share to reach the server. */
export class CrashingGateway implements AsyncDisposable {
  driver: SqlDriver = openSqlite(':memory:', SCHEMA)

  constructor(
    readonly server: CrashServer,
    readonly threescale: ThreescaleWrites,
  ) {}

  get journal(): WriteJournal {
    return new WriteJournal(this.driver, this.server.clock)
  }

  /** A process with a writer and recovery. */
  start(crash: CrashPlan | null = null): GatewayProcess {
    return new GatewayProcess(this, crash)
  }

  /** What the journal has not synced is lost. SQLite syncs a commit to its log in the mode FULL (2) only. */
  async losePower(): Promise<void> {
    const [row] = await this.driver.transaction(sql => sql('PRAGMA synchronous', []))
    if (Number(row?.synchronous) >= 2) return
    await this.driver.close()
    this.driver = openSqlite(':memory:', SCHEMA)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.driver.close()
  }
}

/** One process. Once it has crashed it neither writes to the journal nor sends anything. */
export class GatewayProcess {
  readonly writer: Writer
  readonly recovery: Recovery
  private transactions = 0
  private isDead = false

  constructor(
    private readonly gateway: CrashingGateway,
    private readonly crash: CrashPlan | null,
  ) {
    const { clock } = gateway.server
    const threescale = this.crashingThreescale()
    const options: WriterOptions = {
      journal: new WriteJournal(this.crashingDriver(), clock),
      threescale: () => threescale,
      rules: DEFAULT_WRITE_RULES,
      clock,
      wait: () => new Promise(resolve => setImmediate(resolve)),
    }
    this.writer = new Writer(options)
    this.recovery = new Recovery({ ...options, log: () => {} })
  }

  private async die(isPowerLost = false): Promise<never> {
    this.isDead = true
    if (isPowerLost) await this.gateway.losePower()
    throw new Crash()
  }

  private crashingDriver(): SqlDriver {
    const { gateway, crash } = this
    return {
      close: async () => {},
      transaction: async work => {
        if (this.isDead) throw new Crash()
        const point = ++this.transactions === crash?.transaction ? crash.point : null
        if (point === 'before a commit') await this.die()
        if (point === 'journal fails before a commit') throw new JournalUnavailableError('down')
        const result = await gateway.driver.transaction(work)
        if (this.isDead || point === 'after a commit') await this.die()
        if (point === 'power lost after a commit') await this.die(true)
        if (point === 'journal fails after a commit') throw new JournalUnavailableError('down')
        return result
      },
    }
  }

  private crashingThreescale(): ThreescaleWrites {
    const { gateway, crash } = this
    const { threescale, server } = gateway
    const send: ThreescaleWrites['send'] = async (connection, write, departBy) => {
      if (this.isDead || crash?.point === 'before the request') await this.die()
      if (crash?.point === 'power lost before the request') await this.die(true)
      if (crash?.point === 'suspended before the request') {
        const sleptMs = await crash.meanwhile()
        const before = server.arrivals.length
        // The monotonic clock has gone on.
        return await threescale.send(connection, write, departBy - sleptMs).finally(() => {
          if (sleptMs > DEFAULT_WRITE_RULES.departMs && server.arrivals.length > before) {
            server.findings.push(`${write.call} was sent ${sleptMs} ms after the journal had it`)
          }
        })
      }
      const response = await threescale.send(connection, write, departBy)
      if (this.isDead || crash?.point === 'after the response') await this.die()
      return response
    }
    return Object.assign(Object.create(threescale) as ThreescaleWrites, { send })
  }
}

/** The client that all processes of all runs against a server share: it keeps nothing of a write. */
export function connectTo({ url, accessToken, clock }: CrashServer): {
  readonly threescale: ThreescaleWrites
  close(): Promise<void>
} {
  const decoders = new DecodePool()
  const { writes, close } = createThreescaleBilling(
    { url, accessToken, deadlineMs: 20_000 },
    { clock, decoders, cache: { ttls: null, store: null } },
  )
  return {
    threescale: writes,
    close: async () => {
      await close()
      await decoders[Symbol.asyncDispose]()
    },
  }
}
