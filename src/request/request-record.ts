/** A call as the record keeps it. */
interface RecordedCall {
  readonly upstream: string
  readonly operation: string
  readonly attempts: number
  readonly outcome: string | null
  readonly ms: number
}

/** Later calls are counted only: an export makes thousands. */
const MAX_CALLS = 20

/** What one request has asked of upstreams and of the response cache, for its line in the log. */
export class RequestRecord {
  /** The first calls, in the order of their ends. */
  readonly calls: RecordedCall[] = []
  /** How often each outcome of a cache read occurred. */
  readonly reads: Record<string, number> = {}
  /** All calls. */
  callCount = 0

  constructor(readonly requestId: string) {}

  addCall(call: RecordedCall): void {
    this.callCount++
    if (this.calls.length < MAX_CALLS) this.calls.push(call)
  }

  addRead({ outcome }: { readonly outcome: string }): void {
    this.reads[outcome] = (this.reads[outcome] ?? 0) + 1
  }
}
