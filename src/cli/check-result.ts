/** Result of checking one part of an upstream. */
export interface CheckResult {
  /** The part that was checked: `Keystone`, `3scale, Billing API`. */
  readonly part: string
  /** What there is to add to the verdict; '' for nothing. */
  readonly detail: string
  /** Null when the check passed. */
  readonly failure: unknown
}

/** Result of a check that reads something: `value` is what was read, absent when the check failed. */
export interface ReadResult<T> extends CheckResult {
  readonly value?: T
}

/** Checks one part by reading from it. A failed read becomes a failed result. */
export async function checkPart<T>(part: string, read: () => Promise<T>): Promise<ReadResult<T>> {
  try {
    return { part, detail: '', failure: null, value: await read() }
  } catch (failure) {
    return { part, detail: '', failure }
  }
}
