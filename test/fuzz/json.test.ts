import { expect, it } from 'vitest'
import { catalystTarget, fuzz } from './fuzz.js'
import { CASES, LIMIT_MS, SEED } from './size.js'

// Truncation at every byte is held by test/upstream/catalyst/decode.test.ts.

it(
  `reads ${CASES} mutations of a detailed invoice as the reference parser does, or refuses them (seed ${SEED})`,
  () => {
    const report = fuzz(catalystTarget(), SEED, 0, CASES)
    expect(report.faults).toEqual([])
    expect(report.accepted + report.refused).toBe(CASES)
    // Else the mutations would prove little: too wild, or too tame.
    expect(report.accepted).toBeGreaterThan(CASES / 50)
    expect(report.refused).toBeGreaterThan(CASES / 5)
  },
  LIMIT_MS,
)
