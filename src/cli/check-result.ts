/** How one part of an upstream stands. */
export interface Finding {
  readonly what: string
  /** What there is to say of it beside that it is ok, or not; '' for nothing. */
  readonly remark: string
  /** Null when it is ok. */
  readonly failure: unknown
}

/** Asks, and tells of a failure as a finding; `answer` is what was answered. */
export async function attempt<T>(what: string, ask: () => Promise<T>): Promise<Finding & { readonly answer?: T }> {
  try {
    return { what, remark: '', failure: null, answer: await ask() }
  } catch (failure) {
    return { what, remark: '', failure }
  }
}
