/** What `extensions` of each error says. `code` is one of the codes in docs/front-end.md. */
export interface ProblemExtensions {
  readonly code: string
  /** The billing system that failed; absent if none did. */
  readonly upstream?: 'CATALYST' | 'THREESCALE'
  /** True if the same request may succeed later. */
  readonly retryable?: boolean
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number
  /** For support: the log has it too. */
  readonly requestId: string
}

/** What an error of any client says, or null when it is not an error of the gateway. */
export function toProblem(error: { readonly extensions?: unknown } | undefined): ProblemExtensions | null {
  const { code } = (error?.extensions ?? {}) as Partial<ProblemExtensions>
  return code === undefined ? null : (error?.extensions as ProblemExtensions)
}
