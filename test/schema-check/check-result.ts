/** Finding of a check. */
export interface Finding {
  /** Schema coordinate such as `Invoice.number`; without one, the file or the subgraphs. */
  readonly at: string
  readonly message: string
}

/** Result of a check. Errors fail it; notes are only printed. */
export interface CheckResult {
  readonly errors: readonly Finding[]
  readonly notes: readonly Finding[]
}

/** Result with errors only. */
export function failedWith(errors: readonly Finding[]): CheckResult {
  return { errors, notes: [] }
}
