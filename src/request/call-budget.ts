/** How many calls one request may make, and what happens beyond. */
export interface CallBudgetSettings {
  readonly allowed: number
  /** Told of a request's first call beyond. @returns true when that one and those after it are not to be made */
  readonly exceeded: (requestId: string) => boolean
}

/** Not asked: the request on whose behalf it would be has made all the calls to upstreams that it may. */
export class CallsSpentError extends Error {
  constructor(readonly allowed: number) {
    super(`Too complex: more than ${allowed} upstream calls. Select less, or split it into several operations.`)
    this.name = 'CallsSpentError'
  }
}

/**
 * The calls to upstreams that one request makes. How often each is repeated is bounded elsewhere. What is kept, or under way for
 * somebody else, costs none, nor does a login.
 */
export class CallBudget {
  private made = 0
  private isSpent = false

  constructor(
    private readonly allowance: CallBudgetSettings,
    private readonly requestId: string,
  ) {}

  /** Counts a call that is about to be made. @throws CallsSpentError when it may not be */
  spend(): void {
    const { allowed, exceeded } = this.allowance
    this.made += 1
    if (this.made === allowed + 1) this.isSpent = exceeded(this.requestId)
    if (this.isSpent) throw new CallsSpentError(allowed)
  }
}
