/** All of one name. */
export interface Lane<T> {
  readonly name: string
  /** How many of them are served. */
  served: number
  /** The oldest first. */
  readonly waiting: T[]
}

/** Lanes by name. Those of whom nobody is served or waits are forgotten. */
export class Lanes<T> {
  private readonly byName = new Map<string, Lane<T>>()

  /** The one of this name, a new one where there is none. */
  of(name: string): Lane<T> {
    const known = this.byName.get(name)
    if (known) return known
    const lane: Lane<T> = { name, served: 0, waiting: [] }
    this.byName.set(name, lane)
    return lane
  }

  /** Of whom most wait; this one where no other has more. */
  longest(unless: Lane<T> | undefined): Lane<T> | undefined {
    let longest = unless
    for (const lane of this.byName.values()) {
      if (lane.waiting.length > (longest?.waiting.length ?? 0)) longest = lane
    }
    return longest
  }

  /** To be called when one less is served or waits. */
  tidy({ name, served, waiting }: Lane<T>): void {
    if (served === 0 && waiting.length === 0) this.byName.delete(name)
  }
}
