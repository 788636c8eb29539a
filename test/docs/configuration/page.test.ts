import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CONFIGURATION_PAGE, withTables } from './page.js'

const page = readFileSync(CONFIGURATION_PAGE, 'utf8')

describe('docs/configuration.md', () => {
  it('has the tables that follow from the descriptions of the settings (npm run docs:configuration writes them)', () => {
    expect(withTables(page)).toBe(page)
  })

  it('must have one table of each group of settings', () => {
    expect(() => withTables(page.replace('settings: 3scale', 'settings: 4scale'))).toThrow(
      'there is no group of settings named "4scale"',
    )
    expect(() => withTables(page.replace(/<!-- settings: writes -->[\s\S]*?<!-- end of settings -->/, ''))).toThrow(
      'the page must have exactly one table of the settings "writes"',
    )
  })
})
