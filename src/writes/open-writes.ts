import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../request/clock.js'
import type { ThreescaleWrites } from '../upstream/threescale/writes.js'
import { WriteJournal } from './journal/journal.js'
import { openPostgres } from './journal/postgres.js'
import { SCHEMA } from './journal/schema.js'
import { failingDriver, JournalDamagedError } from './journal/sql.js'
import { openSqlite } from './journal/sqlite.js'
import { OnChargeWrites } from './on-charge/on-charge-writes.js'
import { Recovery, type RecoveryEvent } from './recovery.js'
import { type WriteRules, Writer } from './writer.js'
import type { WritesOptions } from './writes.js'

/** What writes are opened with. */
export interface OpenWritesOptions {
  /** A file, `:memory:`, or the URL of a PostgreSQL database; secret. */
  readonly journal: string
  readonly rules: WriteRules
  /** How many times the median of the months before a total may be on-charged. */
  readonly onChargeSafetyFactor: number
  /** The 3scale tenant that is configured now. */
  readonly threescale: () => ThreescaleWrites
  readonly clock: Clock
  readonly log: (event: RecoveryEvent) => void
}

/** Writes with their journal and recovery, until they are closed. */
export interface OpenWrites extends WritesOptions {
  close(): Promise<void>
}

/**
 * Opens the journal and starts recovery. With a damaged file every write fails, and recovery reports it again and again.
 *
 * @throws JournalUnavailableError for a file that another process uses, or that cannot be opened
 */
export function openWrites({
  journal: place,
  threescale,
  rules,
  onChargeSafetyFactor: safetyFactor,
  clock,
  log,
}: OpenWritesOptions): OpenWrites {
  const journal = openEvenDamaged(place, clock)
  const options = { journal, threescale, rules, clock }
  const writer = new Writer({ ...options, wait: setTimeout })
  const recovery = new Recovery({ ...options, log })
  recovery.start()
  return {
    writer,
    journal,
    onCharge: new OnChargeWrites({ writes: { writer, journal }, threescale, clock, safetyFactor }),
    close: async () => {
      await recovery[Symbol.asyncDispose]()
      await journal[Symbol.asyncDispose]()
    },
  }
}

/** Reads go on with a damaged journal, so the gateway starts. */
function openEvenDamaged(place: string, clock: Clock): WriteJournal {
  try {
    return openJournal(place, clock)
  } catch (error) {
    if (!(error instanceof JournalDamagedError)) throw error
    return new WriteJournal(failingDriver(error), clock)
  }
}

/**
 * @param place a file, `:memory:`, or the URL of a PostgreSQL database
 * @param timeoutMs of a statement in PostgreSQL; less than a second by default
 */
export function openJournal(place: string, clock: Clock, timeoutMs?: number): WriteJournal {
  const isUrl = place.includes('://')
  return new WriteJournal(isUrl ? openPostgres(place, SCHEMA, timeoutMs) : openSqlite(place, SCHEMA), clock)
}
