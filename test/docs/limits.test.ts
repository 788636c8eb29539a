import { describe, expect, it } from 'vitest'
import { LIMIT_NAMES, LIMITS } from '../../src/access/limit.js'
import { readDocumentedLimits } from '../server/limits/documented-limits.js'

describe('the table of limits in docs/platform.md', () => {
  it('has exactly the limits of the code, in order, with default and unit', () => {
    const documented = readDocumentedLimits().map(({ setting, standard, counts }) => ({ setting, standard, counts }))
    const coded = LIMIT_NAMES.map(setting => {
      const { standard, counts } = LIMITS[setting]
      return { setting, standard, counts }
    })
    expect(documented).toEqual(coded)
  })
})
