import { describe, expect, it } from 'vitest'
import { BUGS_IN_SHARING } from './bugs-in-sharing.js'
import { BUGS_IN_TELLING } from './bugs-in-telling.js'
import { plant } from './seeded-bug.js'
import { findEach } from './seeded-bugs.js'
import { findLeak } from './seeded-copy.js'
import { LIMIT_MS, REQUESTS_FOR_A_BUG, SEED } from './size.js'

describe('requests of fifty callers', () => {
  it(
    'find nothing where nothing is seeded',
    async () => expect(await findLeak(null, SEED, REQUESTS_FOR_A_BUG)).toBe(''),
    LIMIT_MS,
  )

  findEach([...BUGS_IN_SHARING, ...BUGS_IN_TELLING])
})

describe('a bug', () => {
  const bug = { name: 'a bug', file: 'x.ts', from: 'is right', to: 'is wrong' }

  it('is put in the one place that it fits', () => {
    expect(plant('it is right.', bug)).toBe('it is wrong.')
  })

  it.each(['it is', 'it is right, it is right', ''])('that fits nowhere, or twice, is told: %j', text => {
    expect(() => plant(text, bug)).toThrow(/"a bug" fits (0|2) places of src\/x\.ts/)
  })
})
