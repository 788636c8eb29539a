import type { Span } from '@opentelemetry/api'

/** The parent of the spans that begin now. */
export interface SpanFrame {
  /** The span, which is made when it is first needed. */
  span(): Span
}

/** The present time as OpenTelemetry takes it: milliseconds since 1970 with a fraction. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now()
}

/** A frame of a span that exists. */
export function frameOf(span: Span): SpanFrame {
  return { span: () => span }
}

/** A frame whose span is made only when something below it is recorded: most fields ask no upstream. */
export class LazyFrame implements SpanFrame {
  private readonly startedAt = nowMs()
  private made: Span | null = null
  private hasEnded = false

  constructor(
    private readonly parent: SpanFrame,
    private readonly start: (parent: Span, startedAt: number) => Span,
  ) {}

  span(): Span {
    // What begins after the end, such as a refresh in the background, belongs to the parent.
    if (this.made === null && this.hasEnded) return this.parent.span()
    this.made ??= this.start(this.parent.span(), this.startedAt)
    return this.made
  }

  end(): void {
    this.hasEnded = true
    this.made?.end(nowMs())
  }
}
