import { type Lane, Lanes } from './lanes.js'

/** How many may be served and wait. */
export interface FairQueueBounds {
  /** At once, whoever they are. */
  readonly served: number
  /** Of one name at once. */
  readonly servedOfOne: number
}

/**
 * Who is served next, where names take turns: one of each that waits and may have more, in the order in which they came within a
 * name. No name is served more than its share, so that whatever holds on to places leaves some to the others. Knows no time and
 * starts nothing.
 */
export class FairQueue<T> {
  private readonly lanes = new Lanes<T>()
  /** Lanes with somebody waiting who may be served, whoever's turn it is first. */
  private readonly turns = new Set<Lane<T>>()
  private latest: Lane<T> | undefined
  private allServed = 0
  private allWaiting = 0

  constructor(private readonly bounds: FairQueueBounds) {}

  /** How many are served. */
  get served(): number {
    return this.allServed
  }

  /** How many wait. */
  get waiting(): number {
    return this.allWaiting
  }

  /** Puts one at the end of his lane. */
  add(name: string, one: T): void {
    const lane = this.lanes.of(name)
    lane.waiting.push(one)
    this.allWaiting++
    this.latest = lane
    this.callUp(lane)
  }

  /**
   * Where more wait than there are places, sends away whoever came last of those of whom most wait: a crowd of one name does not
   * keep the others out.
   */
  drop(places: number): T | undefined {
    if (this.allWaiting <= places) return undefined
    // Among equals whoever comes now gives way: he has waited for nothing yet.
    const longest = this.lanes.longest(this.latest)
    const one = longest?.waiting.pop()
    if (longest && one !== undefined) this.left(longest)
    return one
  }

  /** Takes whoever's turn it is, and counts him as served; undefined when nobody may be. */
  next(): T | undefined {
    const [lane] = this.turns
    if (!lane || this.allServed >= this.bounds.served) return undefined
    this.allWaiting--
    const one = lane.waiting.shift()
    this.serve(lane)
    return one
  }

  /** Takes one back who waited. @returns false when he did not */
  remove(name: string, one: T): boolean {
    const lane = this.lanes.of(name)
    const index = lane.waiting.indexOf(one)
    if (index < 0) {
      this.lanes.tidy(lane)
      return false
    }
    lane.waiting.splice(index, 1)
    this.left(lane)
    return true
  }

  /** Gives back the place of one who was served. */
  done(name: string): void {
    const lane = this.lanes.of(name)
    lane.served--
    this.allServed--
    this.callUp(lane)
    this.lanes.tidy(lane)
  }

  /** Counts one who is served under another name from now on. @returns false when that has its share, and nothing is changed */
  rename(from: string, to: string): boolean {
    if (from === to) return true
    const lane = this.lanes.of(to)
    if (lane.served >= this.bounds.servedOfOne) return false
    this.serve(lane)
    this.done(from)
    return true
  }

  /** Counts one more of the lane as served; it stands behind the others then. */
  private serve(lane: Lane<T>): void {
    this.turns.delete(lane)
    lane.served++
    this.allServed++
    this.callUp(lane)
  }

  /** One who waited in the lane does so no more. */
  private left(lane: Lane<T>): void {
    this.allWaiting--
    if (lane.waiting.length === 0) this.turns.delete(lane)
    this.lanes.tidy(lane)
  }

  /** Puts a lane behind the others that wait for their turn, unless it stands there or may not. */
  private callUp(lane: Lane<T>): void {
    if (lane.waiting.length > 0 && lane.served < this.bounds.servedOfOne) this.turns.add(lane)
  }
}
