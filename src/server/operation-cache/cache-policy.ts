import { Freshness } from '../../request/request-context.js'
import { OperationReport } from '../observability/operation-report.js'

/** Whether and how long a response may be served again: set while the operation runs. */
export class CachePolicy {
  /** Of everything that the response is made of. */
  readonly freshness = new Freshness()
  /** True when the response has no errors and no gaps. */
  isComplete = false
  /** How long a browser may keep the response. */
  maxAgeSeconds = 0
  /** What each request that is served the response is charged; null while it must not be served again. */
  cost: number | null = null
  /** What observers learn of the operation. */
  readonly report = new OperationReport()
}
