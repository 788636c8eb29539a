import { OnChargeRefusedError } from '../../domain/on-charge/refusal.js'
import { JournalUnavailableError } from '../../writes/journal/sql.js'
import { type WriteRefusal, WriteRefusedError } from '../../writes/refusal.js'

/** The refusal of a write while the journal fails. Recovery logs why. */
const JOURNAL_UNAVAILABLE: WriteRefusal = {
  code: 'WRITES_DISABLED',
  message: 'The journal of writes cannot be used now, and nothing is sent without it. Retry with the same key.',
  field: null,
}

/** The `userErrors` for what ended a write. @throws any other error */
export function userErrorsOf(error: unknown): readonly WriteRefusal[] {
  if (error instanceof WriteRefusedError || error instanceof OnChargeRefusedError) return [error.refusal]
  if (error instanceof JournalUnavailableError) return [JOURNAL_UNAVAILABLE]
  throw error
}
