import type { LimitName } from '../../access/limit.js'

/** What can be counted as refused. */
export type CountedLimit = LimitName | 'RATE_LIMIT_COST_PER_MINUTE'

/** How often a limit was met since the start. */
export interface LimitCount {
  readonly limit: CountedLimit
  readonly refused: number
  /** What shadow mode let pass. */
  readonly wouldHaveRefused: number
}

/** Counts how often each limit is met; for metrics to read. */
export class LimitCounter {
  private readonly counts = new Map<CountedLimit, LimitCount>()

  /** Counts one. */
  add(limit: CountedLimit, isRefused: boolean): void {
    const { refused, wouldHaveRefused } = this.of(limit)
    const counted = isRefused
      ? { limit, refused: refused + 1, wouldHaveRefused }
      : { limit, refused, wouldHaveRefused: wouldHaveRefused + 1 }
    this.counts.set(limit, counted)
  }

  /** Of one limit. */
  of(limit: CountedLimit): LimitCount {
    return this.counts.get(limit) ?? { limit, refused: 0, wouldHaveRefused: 0 }
  }

  /** Of the limits that were met at all. */
  all(): readonly LimitCount[] {
    return [...this.counts.values()]
  }
}
