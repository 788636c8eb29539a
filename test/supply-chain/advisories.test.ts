import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keepsFloors } from './floors.js'
import { FOLDERS, lockedIn } from './manifests.js'

const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
const rows = readAdvisories(text)

describe('the advisories in docs/security.md', () => {
  it('are about installed packages, each with a lowest version and its advisories', () => {
    const here = new Set(FOLDERS.flatMap(lockedIn).map(({ name }) => name))
    expect(rows.length).toBeGreaterThanOrEqual(5)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
    for (const { name, floors, about } of rows) {
      expect(here).toContain(name)
      expect(floors.length).toBeGreaterThan(0)
      expect(about).toMatch(/CVE-\d{4}-\d+/)
    }
  })

  it.each(rows.flatMap(row => FOLDERS.map(folder => ({ ...row, folder }))))(
    '$name has no version below its floors in the lockfile in ./$folder',
    ({ name, floors, folder }) => {
      const versions = lockedIn(folder).filter(one => one.name === name)
      expect(versions.filter(({ version }) => !keepsFloors(version, floors))).toEqual([])
    },
  )
})

describe('a floor', () => {
  it.each([
    ['5.12.1', ['5.12.1'], true],
    ['5.12.0', ['5.12.1'], false],
    ['5.9.9', ['5.12.1'], false],
    ['6.0.0', ['5.12.1'], true],
    ['4.99.0', ['5.12.1'], false],
    ['7.29.0', ['7.29.0', '8.9.0'], true],
    ['7.28.9', ['7.29.0', '8.9.0'], false],
    ['8.8.0', ['7.29.0', '8.9.0'], false],
    ['8.10.0', ['7.29.0', '8.9.0'], true],
    ['9.0.0', ['7.29.0', '8.9.0'], true],
    ['3.0.0', ['2.4.3', '4.1.1'], false],
    ['1.0.0', [], false],
  ])('%s satisfies the floors %j: %s', (version, floors, isKept) => {
    expect(keepsFloors(version, floors)).toBe(isKept)
  })

  it('rejects a prerelease version', () => {
    expect(() => keepsFloors('8.9.0-rc.1', ['8.9.0'])).toThrow(RangeError)
  })
})

interface Advisory {
  readonly name: string
  readonly floors: readonly string[]
  readonly about: string
}

/** Rows of the table under the heading. */
function readAdvisories(markdown: string): readonly Advisory[] {
  const [, section = ''] = markdown.split('\n## Advisories\n')
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| `([^`]+)` \| ([\d., ]+) \| (.+) \|$/gm)].map(
    ([, name = '', floors = '', about = '']) => ({
      name,
      floors: floors.split(',').map(floor => floor.trim()),
      about,
    }),
  )
}
