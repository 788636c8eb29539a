/** The codes of `UserError`: why a write was not made, or what is known of it. */
export type WriteRefusalCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'NOT_REGISTERED'
  | 'CONFLICT'
  | 'INVOICE_NOT_EDITABLE'
  | 'ILLEGAL_TRANSITION'
  | 'ISSUE_BLOCKED'
  | 'CHARGE_FAILED'
  | 'CURRENCY_MISMATCH'
  | 'PLAN_REQUIRED'
  | 'PLAN_CHANGED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'SIMILAR_WRITE'
  | 'IN_PROGRESS'
  | 'IN_DOUBT'
  | 'INCIDENT'
  | 'WRITES_DISABLED'
  | 'UPSTREAM_REJECTED'

/** A write that was not made, or whose outcome is not known. The message is for people. */
export interface WriteRefusal {
  readonly code: WriteRefusalCode
  readonly message: string
  /** The argument at fault: `['cost']`; null for none. */
  readonly field: readonly string[] | null
}

/** Ends a write before anything is sent. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError'

  constructor(readonly refusal: WriteRefusal) {
    super(refusal.message)
  }
}

/** The refusal of every write while no journal is configured. */
export const WRITES_DISABLED: WriteRefusal = {
  code: 'WRITES_DISABLED',
  message: 'Writes are not configured: set WRITES_JOURNAL to a file or a PostgreSQL database.',
  field: null,
}

/** @param field the argument at fault; null for none */
export function refuse(code: WriteRefusalCode, message: string, field: string | null = null): WriteRefusedError {
  return new WriteRefusedError({ code, message, field: field === null ? null : [field] })
}
