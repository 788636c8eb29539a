import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { LEASE_MS, SharedGeneration } from '../../../src/upstream/cache/shared-generation.js'

/** A store that replicas share. It fails while the test says so. */
class TestStore {
  readonly values = new Map<string, unknown>()
  isDown = false
  reads = 0

  async tryGet<Value>(key: string): Promise<{ readonly value: Value | undefined } | null> {
    this.reads++
    return this.isDown ? null : { value: this.values.get(key) as Value | undefined }
  }

  async set(key: string, value: unknown): Promise<boolean> {
    if (!this.isDown) this.values.set(key, value)
    return !this.isDown
  }
}

function open(store: TestStore) {
  const seen = { changes: 0 }
  const generation = new SharedGeneration({ store, key: 'g', onChange: () => seen.changes++ })
  return { generation, seen }
}

/** Waits, as a replica does that nobody asks, until what it has read is too old. */
const leaseEnds = (...all: readonly SharedGeneration[]) =>
  expect.poll(() => all.every(({ isCurrent }) => !isCurrent), { timeout: 20 * LEASE_MS }).toBe(true)

describe('SharedGeneration', () => {
  it('is the same on every replica', async () => {
    const store = new TestStore()
    const [one, two] = [open(store), open(store)]
    await one.generation.renew()
    await two.generation.refresh()
    expect([two.generation.value, two.generation.isRead]).toEqual([one.generation.value, true])
  })

  it('has ended the leases of the other replicas when a new one has started', async () => {
    const store = new TestStore()
    const [one, two] = [open(store), open(store)]
    await two.generation.refresh()
    const { changes } = two.seen
    await one.generation.renew()
    expect(two.generation.isCurrent).toBe(false)
    await two.generation.refresh()
    expect([two.generation.value, two.seen.changes]).toEqual([one.generation.value, changes + 1])
  })

  it('has ended them also when it starts late in a millisecond, of which timers count whole ones', async () => {
    // Otherwise the loop sleeps for the whole time, and wakes late.
    const others = setInterval(() => {}, 1)
    const ended = Array.from({ length: 60 }, async (_, n) => {
      await setTimeout(2 * n)
      const store = new TestStore()
      const [one, two] = [open(store), open(store)]
      while (performance.now() % 1 < 0.9);
      await two.generation.refresh()
      await one.generation.renew()
      return !two.generation.isCurrent
    })
    expect(await Promise.all(ended)).not.toContain(false)
    clearInterval(others)
  })

  it('is read once for all requests of a lease', async () => {
    const store = new TestStore()
    const { generation } = open(store)
    await Promise.all(Array.from({ length: 50 }, () => generation.refresh()))
    expect(store.reads).toBe(1)
  })

  it('changes when the store has lost it or holds something else', async () => {
    const store = new TestStore()
    const { generation } = open(store)
    await generation.renew()
    for (const forged of [undefined, 'x'.repeat(1000), 7]) {
      const before = generation.value
      store.values.set('g', forged)
      await leaseEnds(generation)
      await generation.refresh()
      expect(generation.value).not.toBe(before)
      expect(store.values.get('g')).toBe(generation.value)
    }
  })

  it('stays while the store fails, and reaches it afterwards', async () => {
    const store = new TestStore()
    const [one, two] = [open(store), open(store)]
    await one.generation.refresh()
    await two.generation.refresh()
    const before = two.generation.value
    store.isDown = true
    await one.generation.renew()
    await leaseEnds(one.generation, two.generation)
    await two.generation.refresh()
    expect(two.generation.value).toBe(before)
    store.isDown = false
    await leaseEnds(one.generation, two.generation)
    await one.generation.refresh()
    await two.generation.refresh()
    expect(two.generation.value).toBe(one.generation.value)
    expect(two.generation.value).not.toBe(before)
  })

  it('is not set back by what was read while it changed', async () => {
    const store = new TestStore()
    const { generation } = open(store)
    await generation.refresh()
    await leaseEnds(generation)
    const [, renewed] = [generation.refresh(), generation.renew()]
    const { value } = generation
    await renewed
    expect(generation.value).toBe(value)
  })
})
