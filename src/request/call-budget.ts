/** How many upstream calls one request may make, and what happens beyond. */
export interface CallBudgetSettings {
  readonly allowed: number
  /** Called once, with the first call beyond. @returns true to refuse that call and all later ones */
  readonly exceeded: (requestId: string) => boolean
}

/** A request has used up its upstream calls; the call was not made. */
export class CallsSpentError extends Error {
  constructor(readonly allowed: number) {
    super(`Too complex: more than ${allowed} upstream calls. Select less, or split it into several operations.`)
    this.name = 'CallsSpentError'
  }
}

/**
 * Counts the upstream calls of one request. Retries are bounded elsewhere. Cache hits, calls shared with another request and
 * logins cost nothing.
 */
export class CallBudget {
  private made = 0
  private isSpent = false

  constructor(
    private readonly settings: CallBudgetSettings,
    private readonly requestId: string,
  ) {}

  /** Counts a call that is about to be made. @throws CallsSpentError when it must not be made */
  spend(): void {
    const { allowed, exceeded } = this.settings
    this.made += 1
    if (this.made === allowed + 1) this.isSpent = exceeded(this.requestId)
    if (this.isSpent) throw new CallsSpentError(allowed)
  }
}
