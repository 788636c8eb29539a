import type { WriteState as State } from '../../writes/intent.js'
import type { WriteRefusalCode } from '../../writes/refusal.js'
import { publish } from '../schema/enums.js'

export const UserErrorCode = publish<WriteRefusalCode>(
  'UserErrorCode',
  'Why a write was not made, or what is known of it.',
  {
    BAD_USER_INPUT: 'An argument is invalid.',
    NOT_FOUND: 'A record does not exist, or the caller may not see it.',
    NOT_REGISTERED: 'The registry has no such customer.',
    CONFLICT: 'The record does not allow the write in its present state.',
    INVOICE_NOT_EDITABLE: 'The invoice is issued: its line items are fixed.',
    ILLEGAL_TRANSITION: 'The invoice cannot change to that state.',
    ISSUE_BLOCKED: 'The invoice is not ready to be issued. The message says what is missing.',
    CHARGE_FAILED: 'The payment was declined, or could not be attempted.',
    CURRENCY_MISMATCH: 'The currencies differ and there is no exchange rate, or there is one for equal currencies.',
    PLAN_REQUIRED: 'The hash of the plan of a dry run is required.',
    PLAN_CHANGED: 'The plan is no longer the one that was approved. Make a new dry run.',
    IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used for another input.',
    SIMILAR_WRITE: 'The same was written under another key within 24 hours.',
    IN_PROGRESS: 'Another request is writing to the same record. Retry with the same key.',
    IN_DOUBT: '3scale gave no clear response. The write settles by itself; see writeIntent.',
    INCIDENT: 'The outcome cannot be read from 3scale. A person has to decide; see incidents.',
    WRITES_DISABLED: 'Writes are not configured.',
    UPSTREAM_REJECTED: '3scale refused the write. The message has its reason.',
  },
)

export const WriteState = publish<State>('WriteState', 'State of a write.', {
  RECORDED: 'Recorded, and not sent yet.',
  SENT: 'Sent; the response is awaited.',
  IN_DOUBT: 'There was no clear response. The write settles by itself.',
  ABSENT: 'It was not carried out. The same key sends it again.',
  DONE: 'Carried out.',
  REJECTED: 'Refused; nothing was changed.',
  INCIDENT: 'The outcome cannot be read from 3scale. A person has to decide.',
  EXPIRED: 'It was never carried out, and is too old to be sent.',
})

export const IncidentOutcome = publish<'DONE' | 'NOT_DONE'>(
  'IncidentOutcome',
  'Outcome of a write as a person found it.',
  {
    DONE: 'The write was carried out.',
    NOT_DONE: 'The write was not carried out.',
  },
)
