import { Freshness } from '../../request/freshness.js'

/** What is learnt of an operation while it is answered: who else may be given the answer, and for how long. */
export class CachePolicy {
  /** Of all that it is answered from. */
  readonly freshness = new Freshness()
  /** False while errors, or gaps that are told as errors, are part of the answer. */
  isWhole = false
  /** For how long a browser may keep it. */
  maxAgeSeconds = 0
  private costOfEach: number | null = null

  /** Lets others have the answer, each of whom is charged as much. */
  allow(cost: number): void {
    this.costOfEach = cost
  }

  /** Null while it is for nobody else. */
  get cost(): number | null {
    return this.costOfEach
  }
}
