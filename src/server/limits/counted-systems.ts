import type { BillingSystems } from '../../loaders/loaders.js'
import { QueryTooComplexError } from './excess.js'
import type { LimitWatch } from './limit-watch.js'

/** How often one request may ask upstreams. */
export interface QuestionLimit {
  readonly allowed: number
  readonly watch: LimitWatch
  readonly requestId: string
}

/** What asks nobody, or what all requests share: whose token is used, which regions there are, how an upstream stands. */
const UNCOUNTED: ReadonlySet<string | symbol> = new Set([
  'health',
  'hasLinesForFree',
  'monthsBetween',
  'ownProjectId',
  'regions',
])

/**
 * The billing systems as one request may ask them: beyond so many questions, each is refused without its upstream being asked.
 * A question is one call, save that some take one a region or one a page.
 */
export function countQuestions({ catalyst, threescale }: BillingSystems, limit: QuestionLimit): BillingSystems {
  const count = new QuestionCount(limit)
  return { catalyst: catalyst && counted(catalyst, count), threescale: threescale && counted(threescale, count) }
}

class QuestionCount {
  private asked = 0

  constructor(private readonly limit: QuestionLimit) {}

  /** @returns why it may not be asked; null when it may */
  next(): QueryTooComplexError | null {
    const { allowed, watch, requestId } = this.limit
    this.asked += 1
    if (this.asked <= allowed) return null
    const excess = { limit: 'LIMIT_UPSTREAM_CALLS', allowed, measured: null } as const
    // Told once a request: the rest of it says nothing new.
    const isRefused =
      this.asked === allowed + 1 ? watch.sees(excess.limit, { ...excess, requestId }) : watch.isEnforcing
    return isRefused ? new QueryTooComplexError(excess) : null
  }
}

function counted<T extends object>(system: T, count: QuestionCount): T {
  return new Proxy(system, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        const refusal = UNCOUNTED.has(name) ? null : count.next()
        return refusal ? Promise.reject(refusal) : Reflect.apply(value, target, given)
      }
    },
  })
}
