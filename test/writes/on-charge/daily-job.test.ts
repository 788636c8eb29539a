import { describe, expect, it } from 'vitest'
import { minutes, minutesAroundJob, TOTALS, totalAtIssue } from './daily-job.js'

/** Minutes between two runs; \`npm run on-charge:whole\` begins one at each minute. */
const STEP = 72 * 60

describe('an invoice that 3scale issues by itself', () => {
  it('has the old or the new total, never one between, whenever a run began', async () => {
    const issued = new Map<string, string[]>()
    for (const begin of [...minutes(STEP), ...minutesAroundJob(5)]) {
      const total = await totalAtIssue(begin)
      issued.set(total, [...(issued.get(total) ?? []), begin.toISOString()])
    }
    expect([...issued.keys()].filter(total => !TOTALS.includes(total))).toEqual([])
    // Both come about: a run that begins after the issue corrects on the next invoice.
    expect([...issued.keys()].sort()).toEqual(TOTALS)
  }, 120_000)
})
