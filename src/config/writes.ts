import { DEFAULT_WRITE_RULES, type WriteRules } from '../writes/writer.js'
import type { Environment } from './environment.js'
import { settingNamed } from './settings/all-settings.js'

/** How writes to 3scale are made. */
export interface WriteSettings {
  /** A file, or the URL of a PostgreSQL database, which may hold a password; null disables writes. */
  readonly journal: string | null
  readonly rules: WriteRules
  /** How many times the median of the months before a total may be on-charged without the scope admin. */
  readonly onChargeSafetyFactor: number
}

/**
 * How long 3scale goes on with a request after a worker has picked it up, in milliseconds.
 *
 * @see 3scale/porta, the time-out of its workers
 */
const SERVER_MS = 40_000

/** Reads the settings of writes. */
export function readWriteSettings(environment: Environment): WriteSettings {
  const expected = 'a file or a URL such as postgres://user:password@host/database'
  const journal = environment.secretText('WRITES_JOURNAL', isJournal, expected) ?? null
  const settleMs = environment.integer('WRITES_SETTLE_AFTER_MS')
  if (journal !== null) requireSettled(environment, settleMs)
  return {
    journal,
    onChargeSafetyFactor: environment.integer('ON_CHARGE_SAFETY_FACTOR'),
    rules: {
      ...DEFAULT_WRITE_RULES,
      settleMs,
      hasAutomaticCharging: environment.choice('THREESCALE_AUTOMATIC_CHARGING', ['on', 'off'] as const) !== 'off',
    },
  }
}

/** A write that is read back while 3scale may still carry it out would be sent again. */
function requireSettled(environment: Environment, settleMs: number): void {
  const deadlineMs = Number(
    environment.text('THREESCALE_DEADLINE_MS') ?? settingNamed('THREESCALE_DEADLINE_MS').default,
  )
  const least = deadlineMs + DEFAULT_WRITE_RULES.departMs + SERVER_MS
  if (!(settleMs < least)) return
  environment.complain(
    'WRITES_SETTLE_AFTER_MS',
    `is ${settleMs}, too short for THREESCALE_DEADLINE_MS ${deadlineMs}; expected at least ${least}: the deadline, ${DEFAULT_WRITE_RULES.departMs} for a write to leave and ${SERVER_MS} for 3scale to end it`,
  )
}

function isJournal(text: string): boolean {
  return !text.includes('://') || isPostgresUrl(text)
}

/** True for the URL of a PostgreSQL database. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
}
