/** Pseudo-random numbers, equal for equal seeds. */
export class Random {
  private state: number

  /** The `index`th generator of a seed. Each is independent of the others, so any single case can be repeated. */
  constructor(seed: number, index: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  }

  /** Mulberry32. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** An integer from 0 up to, not including, `end`. */
  below(end: number): number {
    return end <= 0 ? 0 : this.next() % end
  }

  /** True with a probability of 1 in `times`. */
  onceIn(times: number): boolean {
    return this.below(times) === 0
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0]
  }

  /** One item; undefined for an empty list. */
  pickAny<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)]
  }
}
