import { expect, it } from 'vitest'
import { fuzz } from './fuzz.js'
import { CASES, LIMIT_MS, SEED } from './size.js'
import { strictTarget } from './strict-target.js'

// test/upstream/threescale/strict-invoices.test.ts covers the samples and truncation at every byte.

it(
  `strictly reads ${CASES} mutations of invoices like the general decoder, or leaves them to it (seed ${SEED})`,
  async () => {
    const report = await fuzz(strictTarget(), SEED, 0, CASES)
    expect(report.faults).toEqual([])
    expect(report.accepted + report.refused).toBe(CASES)
    // Mutations that are too wild or too tame would prove little.
    expect(report.accepted).toBeGreaterThan(CASES / 10)
    expect(report.refused).toBeGreaterThan(CASES / 5)
  },
  LIMIT_MS,
)
