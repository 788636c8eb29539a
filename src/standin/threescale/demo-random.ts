/** Seeded pseudo-random numbers. */
export interface DemoRandom {
  /** Integer from `least` to `most`, inclusive. */
  integer(least: number, most: number): number
  /** `true` with a probability of `percent` in a hundred. */
  chance(percent: number): boolean
}

/** Pseudo-random numbers of a key. Each month has its own key, so its numbers do not depend on other months. */
export function createRandom(key: string): DemoRandom {
  let state = 0x811c9dc5
  for (const character of key) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  // Mulberry32: a hashed counter.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return (bits ^ (bits >>> 14)) >>> 0
  }
  const integer = (least: number, most: number): number => least + (next() % (most - least + 1))
  return { integer, chance: percent => integer(1, 100) <= percent }
}
