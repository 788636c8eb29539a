import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadMany, MANY_IDS } from '../../../src/loaders/threescale/load-many.js'
import { UpstreamDeniedError, UpstreamTimeoutError } from '../../../src/upstream/http/errors.js'

// The same lists in every run.
fc.configureGlobal({ seed: 20261115 })

const asked = { upstream: 'threescale', operation: 'GET /list' } as const

/** A list of those ids, by rising or falling id, that counts what it is asked, and a question for one record. */
function listing(ids: readonly number[], perPage = 100, order: 'rising' | 'falling' | 'none' = 'rising') {
  const sign = order === 'none' ? 0 : order === 'rising' ? 1 : -1
  const items = ids.toSorted((left, right) => sign * (left - right)).map(String)
  const calls = { pages: [] as number[], single: [] as string[] }
  return {
    calls,
    list: {
      readPage: async (page: number) => {
        calls.pages.push(page)
        const totalPages = Math.max(1, Math.ceil(items.length / perPage))
        return { totalPages, items: items.slice((page - 1) * perPage, page * perPage) }
      },
      idOf: (item: string) => item,
    },
    one: async (id: string) => {
      calls.single.push(id)
      return items.includes(id) ? id : null
    },
  }
}

/** Rising ids whose distances change along the list, as those of a server with many tenants do. */
const anyIds = fc
  .array(fc.record({ count: fc.integer({ min: 1, max: 700 }), gap: fc.integer({ min: 1, max: 5_000 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain(stretches => fc.tuple(fc.constant(stretches), fc.integer({ min: 1, max: 10 ** 9 })))
  .map(([stretches, start]) => {
    let id = start
    return stretches.flatMap(({ count, gap }) =>
      Array.from({ length: count }, (_, index) => (id += 1 + ((index * 7919) % gap))),
    )
  })

const anyOrder = fc.constantFrom('rising' as const, 'falling' as const, 'none' as const)

describe('loadMany', () => {
  it('returns for every id what a single read returns, with at most three calls more than ids', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyIds,
        anyOrder,
        fc.constantFrom(1, 20, 100, 500),
        fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: MANY_IDS, maxLength: 100 }),
        async (ids, order, perPage, picks) => {
          // Some of the list, some beside it.
          const wanted = [...new Set(picks.map(([pick, isThere]) => (ids[pick % ids.length] ?? 0) + (isThere ? 0 : 1)))]
          const { list, one, calls } = listing(ids, perPage, order)
          const found = await loadMany(wanted.map(String), list, one)
          expect(found).toEqual(wanted.map(id => (ids.includes(id) ? String(id) : null)))
          expect(calls.pages.length + calls.single.length).toBeLessThanOrEqual(wanted.length + 3)
          expect(new Set(calls.pages).size).toBe(calls.pages.length)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('finds a hundred neighbours among thousands with a few pages, at any position', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 4_900 }),
        fc.constantFrom('rising' as const, 'falling' as const),
        async (gap, start, order) => {
          let id = 0
          const ids = Array.from({ length: 5_000 }, (_, index) => (id += 1 + ((index * 7919) % gap)))
          const { list, one, calls } = listing(ids, 100, order)
          const wanted = ids.slice(start, start + 100).map(String)
          expect(await loadMany(wanted, list, one)).toEqual(wanted)
          // The first page, which tells how the list runs, and the two they stand on; a few stragglers one by one.
          expect(calls.pages.length).toBeLessThanOrEqual(4)
          expect(calls.pages.length + calls.single.length).toBeLessThanOrEqual(6)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('reads small batches and scattered ids one by one', async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => index * 3 + 1)
    const few = listing(ids)
    await loadMany(ids.slice(0, MANY_IDS - 1).map(String), few.list, few.one)
    expect(few.calls.pages).toEqual([])
    const scattered = listing(ids)
    await loadMany(
      Array.from({ length: 50 }, (_, index) => String(ids[index * 100] ?? 0)),
      scattered.list,
      scattered.one,
    )
    expect(scattered.calls.pages).toEqual([1])
    expect(scattered.calls.single).toHaveLength(49)
  })

  it('keeps the records found before a page failed, and reads the rest one by one', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => index + 1)
    const { list, one, calls } = listing(ids)
    const broken = {
      ...list,
      readPage: async (page: number) => {
        if (page === 2) throw new UpstreamTimeoutError(10, asked)
        return list.readPage(page)
      },
    }
    const wanted = Array.from({ length: 100 }, (_, index) => String(51 + index))
    expect(await loadMany(wanted, broken, one)).toEqual(wanted)
    expect(calls.single).toEqual(wanted.slice(50))
  })

  it('finds every record of a list that grows at its head while it is read', async () => {
    const before = listing(
      Array.from({ length: 400 }, (_, index) => index + 1),
      100,
      'falling',
    )
    const after = listing(
      Array.from({ length: 403 }, (_, index) => index + 1),
      100,
      'falling',
    )
    const growing = { ...before.list, readPage: (page: number) => (page === 1 ? before : after).list.readPage(page) }
    const wanted = Array.from({ length: 100 }, (_, index) => String(151 + index))
    expect(await loadMany(wanted, growing, after.one)).toEqual(wanted)
    expect(after.calls.single.length).toBeLessThanOrEqual(3)
  })

  it('reads each id by itself when the list fails, and stops when the list is denied', async () => {
    const wanted = Array.from({ length: 20 }, (_, index) => String(index + 1))
    const { list, one, calls } = listing(wanted.map(Number))
    const failing = (error: Error) => ({ ...list, readPage: () => Promise.reject(error) })
    expect(await loadMany(wanted, failing(new UpstreamTimeoutError(10, asked)), one)).toEqual(wanted)
    expect(calls.single).toHaveLength(20)
    const denied = new UpstreamDeniedError('refuses', asked)
    expect(await loadMany(wanted, failing(denied), one)).toEqual(wanted.map(() => denied))
    expect(calls.single).toHaveLength(20)
  })

  it('reads one page of a list that is empty or does not contain the ids', async () => {
    const wanted = Array.from({ length: MANY_IDS }, (_, index) => String(index + 1))
    const empty = listing([])
    expect(await loadMany(wanted, empty.list, empty.one)).toEqual(wanted.map(() => null))
    expect(empty.calls.pages).toEqual([1])
    const other = listing([55, 56, 57, 58, 59], 2)
    expect(await loadMany(wanted, other.list, other.one)).toEqual(wanted.map(() => null))
    expect(other.calls.pages).toEqual([1])
  })
})
