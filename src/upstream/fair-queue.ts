/** How many may be served and wait. */
export interface FairQueueBounds {
  /** At once, whoever they are. */
  readonly served: number
  /** Of one name at once. */
  readonly servedOfOne: number
}

/** All of one name. */
interface Lane<T> {
  readonly name: string
  served: number
  /** The oldest first. */
  readonly waiting: T[]
}

/**
 * Who is served next, where names take turns: one of each that waits and may have more, in the order in which they came within a
 * name. No name is served more than its share, so that whatever holds on to places leaves some to the others. Knows no time and
 * starts nothing.
 */
export class FairQueue<T> {
  /** By name; those of whom nobody is served or waits are forgotten. */
  private readonly lanes = new Map<string, Lane<T>>()
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
    const lane = this.laneOf(name)
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
    let longest = this.latest
    for (const lane of this.lanes.values()) {
      if (lane.waiting.length > (longest?.waiting.length ?? 0)) longest = lane
    }
    const one = longest?.waiting.pop()
    if (longest && one !== undefined) this.left(longest)
    return one
  }

  /** Takes whoever's turn it is, and counts him as served; undefined when nobody may be. */
  next(): T | undefined {
    const [lane] = this.turns
    if (!lane || this.allServed >= this.bounds.served) return undefined
    const one = lane.waiting.shift()
    this.turns.delete(lane)
    lane.served++
    this.allWaiting--
    this.allServed++
    this.callUp(lane)
    return one
  }

  /** Takes one back who waited. @returns false when he did not */
  remove(name: string, one: T): boolean {
    const lane = this.lanes.get(name)
    const index = lane?.waiting.indexOf(one) ?? -1
    if (!lane || index < 0) return false
    lane.waiting.splice(index, 1)
    this.left(lane)
    return true
  }

  /** Gives back the place of one who was served. */
  done(name: string): void {
    const lane = this.laneOf(name)
    lane.served--
    this.allServed--
    this.callUp(lane)
    this.forgetIfEmpty(lane)
  }

  /** Counts one who is served under another name from now on. @returns false when that has its share, and nothing is changed */
  rename(from: string, to: string): boolean {
    if (from === to) return true
    const lane = this.laneOf(to)
    if (lane.served >= this.bounds.servedOfOne) return false
    lane.served++
    if (lane.served >= this.bounds.servedOfOne) this.turns.delete(lane)
    this.allServed++
    this.done(from)
    return true
  }

  /** One who waited in the lane does so no more. */
  private left(lane: Lane<T>): void {
    this.allWaiting--
    if (lane.waiting.length === 0) this.turns.delete(lane)
    this.forgetIfEmpty(lane)
  }

  private laneOf(name: string): Lane<T> {
    const known = this.lanes.get(name)
    if (known) return known
    const lane: Lane<T> = { name, served: 0, waiting: [] }
    this.lanes.set(name, lane)
    return lane
  }

  /** Puts a lane behind the others that wait for their turn, unless it stands there or may not. */
  private callUp(lane: Lane<T>): void {
    if (lane.waiting.length > 0 && lane.served < this.bounds.servedOfOne) this.turns.add(lane)
  }

  private forgetIfEmpty(lane: Lane<T>): void {
    if (lane.served === 0 && lane.waiting.length === 0) this.lanes.delete(lane.name)
  }
}
