import { describe, expect, it } from 'vitest'
import { addMonths } from '../../../src/domain/period.js'
import type { ErpDocument } from '../../../src/standin/catalyst/data.js'
import { demoData } from '../../../src/standin/catalyst/demo-data.js'
import { type CacheSettings, NO_CACHE } from '../../../src/upstream/cache/cache-settings.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { clock, startTestSetup, TODAY } from '../../gateway.js'

const SECONDS = 60

const LINES =
  'query ($from: YearMonth) { invoices(filter: { source: CATALYST, from: $from }) { nodes { lineItems { totalCount } } } }'
const USAGE = 'query ($day: LocalDate!) { measurements(from: $day, to: $day) { resourceName } }'

/** The demo, with a product in each bill that the rating server can no longer look up. */
function withRetiredProducts() {
  const data = demoData({ seed: 1, now: clock() })
  const retire = (document: ErpDocument): ErpDocument => {
    const [first, ...rest] = document.lines
    return first ? { ...document, lines: [{ ...first, isRetired: true }, ...rest] } : document
  }
  const documents = Object.entries(data.documents).map(([id, list]) => [id, list.map(retire)] as const)
  return { ...data, documents: Object.fromEntries(documents) }
}

describe('a range that the rating server answers with 500, since one product in it is retired', () => {
  it.each<[string, CacheSettings]>([
    ['with a cache', { ttls: DEFAULT_TTLS, url: null }],
    ['without a cache', NO_CACHE],
  ])('takes no answer about anything else away, though one caller asks for it every second: %s', async (_, cache) => {
    let now = TODAY.getTime()
    await using gateway = await startTestSetup({
      catalyst: { data: withRetiredProducts() },
      cache,
      clock: () => new Date(now),
    })
    const failures: unknown[] = []
    let refusedRanges = 0
    for (let second = 0; second < SECONDS; second++) {
      now += 1_000
      // Ranges of different lengths: the server fails each of them, and each of its halves.
      const from = addMonths('2025-10', second % 6)
      const day = `2026-10-${String(1 + (second % 28)).padStart(2, '0')}`
      const [odd, usage] = await Promise.all([
        gateway.gateway.askText(LINES, { from }),
        gateway.gateway.askText(USAGE, { day }),
      ])
      expect(odd.data).toBeDefined()
      if (JSON.stringify(odd.data).includes('null')) refusedRanges++
      if (usage.errors) failures.push(...usage.errors)
    }
    expect(refusedRanges).toBeGreaterThan(0)
    expect(failures).toEqual([])
    expect(gateway.catalyst.requests.filter(request => request === 'GET /v2/invoices').length).toBeGreaterThan(6)
  })
})
