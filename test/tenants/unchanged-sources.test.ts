import { describe, expect, it } from 'vitest'
import { plant } from '../seeded-bug.js'
import { findLeak } from './seeded-copy.js'
import { LIMIT_MS, SEED } from './size.js'

/** What the other copies are looked through with is found to be silent; that the sources hold is for the walk itself to show. */
const REQUESTS = 150

describe('a bug', () => {
  const bug = { name: 'a bug', file: 'x.ts', from: 'is right', to: 'is wrong' }

  it('is put in the one place that it fits', () => {
    expect(plant('it is right.', bug)).toBe('it is wrong.')
  })

  it.each(['it is', 'it is right, it is right', ''])('that fits nowhere, or twice, is told: %j', text => {
    expect(() => plant(text, bug)).toThrow(/"a bug" fits [01] places of src\/x\.ts|"a bug" fits 2 places/)
  })

  it('is not found where there is none', async () => expect(await findLeak(null, SEED, REQUESTS)).toBe(''), LIMIT_MS)
})
