import { DEFAULT_WRITE_RULES, type WriteRules } from '../writes/writer.js'
import type { Environment } from './environment.js'

/** How writes to 3scale are made. */
export interface WriteSettings {
  /** A file, or the URL of a PostgreSQL database, which may hold a password; null disables writes. */
  readonly journal: string | null
  readonly rules: WriteRules
  /** How many times the median of the months before a total may be on-charged without the scope admin. */
  readonly onChargeSafetyFactor: number
}

/** Reads the settings of writes. */
export function readWriteSettings(environment: Environment): WriteSettings {
  const expected = 'a file or a URL such as postgres://user:password@host/database'
  const journal = environment.secretText('WRITES_JOURNAL', isJournal, expected) ?? null
  const settleMs = environment.integer('WRITES_SETTLE_AFTER_MS')
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

function isJournal(text: string): boolean {
  return !text.includes('://') || isPostgresUrl(text)
}

/** True for the URL of a PostgreSQL database. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
}
