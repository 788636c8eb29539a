import { expect, it } from 'vitest'
import { findLeak } from './seeded-search.js'
import { LIMIT_MS, SEED } from './size.js'

/** Enough to show that the search of a process of its own reports nothing by itself; the tenants test covers the sources at length. */
const REQUESTS = 150

it(
  'the search for leaks finds nothing in the sources as they are',
  async () => expect(await findLeak(null, SEED, REQUESTS)).toBe(''),
  LIMIT_MS,
)
