/** Why a cost is not on-charged. */
export type OnChargeRefusalCode = 'BAD_USER_INPUT' | 'NOT_FOUND' | 'NOT_REGISTERED' | 'CONFLICT' | 'CURRENCY_MISMATCH'

/** Ends an on-charge before anything is written. The message is for people. */
export class OnChargeRefusedError extends Error {
  override readonly name = 'OnChargeRefusedError'
  readonly refusal: {
    readonly code: OnChargeRefusalCode
    readonly message: string
    /** The argument at fault; null for none. */
    readonly field: readonly string[] | null
  }

  /** @param field the argument at fault; null for none */
  constructor(code: OnChargeRefusalCode, message: string, field: string | null = null) {
    super(message)
    this.refusal = { code, message, field: field === null ? null : [field] }
  }
}
