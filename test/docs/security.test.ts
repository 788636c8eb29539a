import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasTitle } from './has-title.js'

const project = new URL('../../', import.meta.url)

interface PromiseRow {
  readonly promise: string
  readonly testedBy: string
  /** File and title of each test. */
  readonly tests: readonly (readonly [file: string, title: string])[]
}

const text = readFileSync(new URL('docs/security.md', project), 'utf8')
const rows = readRows(text)

describe('docs/security.md', () => {
  it('names a test for every promise', () => {
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([])
  })

  it('names tests in the form that this test parses', () => {
    const rest = rows.map(({ testedBy, tests }) =>
      tests.reduce((left, [file, title]) => left.replace(`\`${file}\`: \`${title}\``, ''), testedBy),
    )
    expect(
      rest.map(words => words.replaceAll('<br>', '')).filter(words => !['', '**not yet**'].includes(words)),
    ).toEqual([])
  })

  it.each(rows.flatMap(({ promise, tests }) => tests.map(test => [...test, promise] as const)))(
    '%s: %s exists, for: %s',
    (file, title) => {
      expect(existsSync(new URL(file, project))).toBe(true)
      expect(hasTitle(readFileSync(new URL(file, project), 'utf8'), title)).toBe(true)
    },
  )

  it('is linked from SECURITY.md and the README', () => {
    for (const file of ['SECURITY.md', 'README.md']) {
      expect(readFileSync(new URL(file, project), 'utf8')).toContain('(docs/security.md)')
    }
    expect(text).toContain('(../SECURITY.md)')
  })
})

/** Rows of the tables under "What is promised". */
function readRows(markdown: string): readonly PromiseRow[] {
  const [, section = ''] = markdown.split('\n## What is promised\n')
  const [promises = ''] = section.split('\n## ')
  return promises.split('\n').flatMap(line => {
    if (!line.startsWith('|') || line.startsWith('| promise |') || line.startsWith('| --- |')) return []
    const [, promise = '', testedBy = '', ...rest] = line.split('|').map(cell => cell.trim())
    if (rest.join('') !== '') throw new Error(`this row must have two cells: ${promise}`)
    const tests = [...testedBy.matchAll(/`(test\/[^`]+)`: `([^`]+)`/g)].map(
      ([, file = '', title = '']) => [file, title] as const,
    )
    return [{ promise, testedBy, tests }]
  })
}
