import { expect, it } from 'vitest'
import { catalystTarget, fuzz } from './fuzz.js'
import { CASES, LIMIT_MS, SEED } from './size.js'

// test/upstream/catalyst/decode.test.ts covers truncation at every byte.

it(
  `reads ${CASES} mutations of a detailed invoice like the reference parser, or rejects them (seed ${SEED})`,
  async () => {
    const report = await fuzz(catalystTarget(), SEED, 0, CASES)
    expect(report.faults).toEqual([])
    expect(report.accepted + report.refused).toBe(CASES)
    // Mutations that are too wild or too tame would prove little.
    expect(report.accepted).toBeGreaterThan(CASES / 50)
    expect(report.refused).toBeGreaterThan(CASES / 5)
  },
  LIMIT_MS,
)
