/** How many permits there are. */
export interface Permits {
  readonly permits: number
  /** Permits that are left to the others when one caller holds all the rest: fewer than `permits`. */
  readonly reserve: number
}

/** What one caller holds and waits for. */
interface CallerState<T> {
  readonly caller: string
  held: number
  /** Oldest first. */
  readonly waiting: T[]
  /** The weight of all that waits. */
  weight: number
}

/**
 * Permits for callers that take turns: round-robin between callers, first in first out within one. Knows no time and starts nothing.
 *
 * One caller may hold all permits but the reserve. If all its work hangs, the others still get through.
 */
export class FairQueue<T> {
  private readonly callers = new Map<string, CallerState<T>>()
  /** Callers that wait and may hold one more permit, the next one first. */
  private readonly turns = new Set<CallerState<T>>()
  private latest: CallerState<T> | undefined
  private heldByAll = 0
  private waitingOfAll = 0
  private weightOfAll = 0

  /** @param weightOf what an entry takes while it waits, such as its bytes; nothing when left out */
  constructor(
    private readonly limits: Permits,
    private readonly weightOf: (entry: T) => number = () => 0,
  ) {}

  /** Permits held now. */
  get held(): number {
    return this.heldByAll
  }

  /** Entries that wait now. */
  get waiting(): number {
    return this.waitingOfAll
  }

  /** Adds an entry behind the others of its caller. */
  add(caller: string, entry: T): void {
    const state = this.stateOf(caller)
    state.waiting.push(entry)
    this.count(state, entry, 1)
    this.latest = state
    this.updateTurn(state)
  }

  /** Takes a permit for the next entry; undefined when no entry may have one. */
  next(): T | undefined {
    const [state] = this.turns
    if (!state || this.heldByAll >= this.limits.permits) return undefined
    const entry = state.waiting.shift()
    if (entry !== undefined) this.count(state, entry, -1)
    state.held++
    this.heldByAll++
    // The caller's next turn comes after those of the others.
    this.turns.delete(state)
    this.updateTurn(state)
    return entry
  }

  /** Returns a permit. */
  release(caller: string): void {
    const state = this.stateOf(caller)
    state.held--
    this.heldByAll--
    this.updateTurn(state)
  }

  /** Removes an entry that waits. @returns false when it does not wait */
  remove(caller: string, entry: T): boolean {
    const state = this.callers.get(caller)
    const index = state?.waiting.indexOf(entry) ?? -1
    if (!state || index < 0) return false
    state.waiting.splice(index, 1)
    this.count(state, entry, -1)
    this.updateTurn(state)
    return true
  }

  /** Removes the newest entry of the caller with the longest queue, when more than `limit` wait; undefined otherwise. */
  dropExcess(limit: number): T | undefined {
    if (this.waitingOfAll <= limit) return undefined
    // Of callers with equally long queues, the one that came last has waited least.
    let longest = this.latest
    for (const state of this.callers.values()) {
      if (state.waiting.length > (longest?.waiting.length ?? 0)) longest = state
    }
    const entry = longest?.waiting.pop()
    if (!longest || entry === undefined) return undefined
    this.count(longest, entry, -1)
    this.updateTurn(longest)
    return entry
  }

  /** Removes the heaviest entry of the caller whose entries weigh most, when all that wait weigh more than `limit`; undefined otherwise. */
  dropHeaviest(limit: number): T | undefined {
    if (this.weightOfAll <= limit) return undefined
    const [heaviest] = [...this.callers.values()].toSorted((a, b) => b.weight - a.weight)
    const [entry] = heaviest?.waiting.toSorted((a, b) => this.weightOf(b) - this.weightOf(a)) ?? []
    if (heaviest && entry !== undefined) this.remove(heaviest.caller, entry)
    return entry
  }

  /** Counts an entry that begins (1) or stops (-1) to wait. */
  private count(state: CallerState<T>, entry: T, sign: 1 | -1): void {
    const weight = sign * this.weightOf(entry)
    this.waitingOfAll += sign
    this.weightOfAll += weight
    state.weight += weight
  }

  private stateOf(caller: string): CallerState<T> {
    const known = this.callers.get(caller)
    if (known) return known
    const state: CallerState<T> = { caller, held: 0, waiting: [], weight: 0 }
    this.callers.set(caller, state)
    return state
  }

  private updateTurn(state: CallerState<T>): void {
    const isWaiting = state.waiting.length > 0
    const mayHoldMore = state.held < this.limits.permits - this.limits.reserve
    if (isWaiting && mayHoldMore) this.turns.add(state)
    else this.turns.delete(state)
    if (!isWaiting && state.held === 0) this.callers.delete(state.caller)
  }
}
