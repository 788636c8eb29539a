import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../request/clock.js'
import type { ThreescaleWrites } from '../upstream/threescale/writes.js'
import { SCHEMA, WriteJournal } from './journal/journal.js'
import { openPostgres } from './journal/postgres.js'
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

/** Opens the journal and starts recovery. @throws JournalUnavailableError for a file that cannot be used */
export function openWrites({
  journal: place,
  threescale,
  rules,
  onChargeSafetyFactor: safetyFactor,
  clock,
  log,
}: OpenWritesOptions): OpenWrites {
  const journal = openJournal(place, clock)
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

/** @param place a file, `:memory:`, or the URL of a PostgreSQL database */
export function openJournal(place: string, clock: Clock): WriteJournal {
  const isUrl = place.includes('://')
  return new WriteJournal(isUrl ? openPostgres(place, SCHEMA) : openSqlite(place, SCHEMA), clock)
}
