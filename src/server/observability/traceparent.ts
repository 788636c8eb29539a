/** A caller's span, as the header `traceparent` names it. */
export interface TraceParent {
  /** 32 lowercase hexadecimal digits, not all 0. */
  readonly traceId: string
  /** 16 lowercase hexadecimal digits, not all 0. */
  readonly spanId: string
  /** 1 when the caller records the trace. */
  readonly flags: number
}

const FORM = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:-.*)?$/

/**
 * The caller's span; null for a header that is missing or malformed, which is ignored.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function readTraceparent(header: string | string[] | undefined): TraceParent | null {
  if (typeof header !== 'string' || header.length > 256) return null
  const [, traceId, spanId, flags] = FORM.exec(header) ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return null
  return { traceId, spanId, flags: Number.parseInt(flags, 16) & 1 }
}
