import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasTitle } from './has-title.js'

const project = new URL('../../', import.meta.url)

/** Heading of each table → numbers of its rows. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'Catalyst: what breaks naive clients': numbers(12),
  "Catalyst: the client's checklist": numbers(7, '13.'),
  '3scale: what clients get wrong': numbers(24),
}

/** Facts of which a part is deliberately not handled. */
const ON_PURPOSE = ["Catalyst: the client's checklist 13.7"]

interface Row {
  readonly heading: string
  readonly number: string
  readonly fact: string
  readonly testedBy: string
  /** File and title of each test. */
  readonly tests: readonly (readonly [file: string, title: string])[]
}

const text = readFileSync(new URL('docs/upstreams.md', project), 'utf8')
const rows = readRows(text)

describe('docs/upstreams.md', () => {
  it('has every fact once, in order', () => {
    const found = Map.groupBy(rows, ({ heading }) => heading)
    expect([...found].map(([heading, ofTable]) => [heading, ofTable.map(({ number }) => number)])).toEqual(
      Object.entries(TABLES),
    )
    expect(rows.filter(({ fact }) => fact.length < 20)).toEqual([])
  })

  it('has a test in each row', () => {
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([])
  })

  it('names tests in the form that this test parses', () => {
    const rest = ({ testedBy, tests }: Row) =>
      tests.reduce((left, [file, title]) => left.replace(`\`${file}\`: \`${title}\``, ''), testedBy)
    const left = rows.map(row => [row.number, rest(row).replaceAll('<br>', '')] as const)
    expect(left.filter(([, words]) => words !== '' && !words.startsWith('**on purpose not**'))).toEqual([])
    expect(left.filter(([, words]) => words.includes('.test.ts'))).toEqual([])
  })

  it.each(rows.flatMap(({ heading, number, tests }) => tests.map(test => [heading, number, ...test] as const)))(
    '%s %s is tested by %s: %s',
    (_heading, _number, file, title) => {
      expect(file).toMatch(/^test\/.+\.test\.ts$/)
      expect(existsSync(new URL(file, project))).toBe(true)
      expect(hasTitle(readFileSync(new URL(file, project), 'utf8'), title)).toBe(true)
    },
  )

  it('marks only these facts as "on purpose not"', () => {
    const marked = rows.filter(({ testedBy }) => testedBy.includes('**on purpose not**'))
    expect(marked.map(({ heading, number }) => `${heading} ${number}`)).toEqual(ON_PURPOSE)
  })
})

function numbers(count: number, prefix = ''): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)
}

function readRows(markdown: string): readonly Row[] {
  let heading = ''
  return markdown.split('\n').flatMap(line => {
    if (line.startsWith('## ')) heading = line.slice(3)
    const isRow = line.startsWith('|') && !line.startsWith('| no. |') && !line.startsWith('| --- |')
    if (!isRow) return []
    const [, number = '', fact = '', testedBy = '', ...rest] = line.split('|').map(cell => cell.trim())
    if (rest.join() !== '') throw new Error(`row ${number} under "${heading}" must have three cells`)
    const tests = [...testedBy.matchAll(/`(test\/[^`]+)`: `([^`]+)`/g)].map(
      ([, file = '', title = '']) => [file, title] as const,
    )
    return [{ heading, number, fact, testedBy, tests }]
  })
}
