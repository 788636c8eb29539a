import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasTitle } from './has-title.js'

const project = new URL('../../', import.meta.url)

/** The headings of the tables, and the numbers of their rows. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'Catalyst: what breaks naive clients': numbers(12),
  "Catalyst: the client's checklist": numbers(7, '13.'),
  '3scale: what clients get wrong': numbers(24),
}

/** Facts that the gateway does not meet, or not wholly. Take one out when it does; add one only with the docs' reason. */
const NOT_YET = [
  '3scale: what clients get wrong 3',
  '3scale: what clients get wrong 18',
  '3scale: what clients get wrong 19',
  '3scale: what clients get wrong 21',
  '3scale: what clients get wrong 22',
]

/** Facts of which a part is left undone for good. */
const ON_PURPOSE = ["Catalyst: the client's checklist 13.7"]

interface Row {
  readonly heading: string
  readonly number: string
  readonly fact: string
  readonly heldBy: string
  /** File and title. */
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

  it('has no row that neither names a test nor says that there is none', () => {
    expect(rows.filter(({ tests, heldBy }) => tests.length === 0 && !heldBy.includes('**not yet**'))).toEqual([])
  })

  it('names tests in one form, which this test reads', () => {
    const rest = ({ heldBy, tests }: Row) =>
      tests.reduce((left, [file, title]) => left.replace(`\`${file}\`: \`${title}\``, ''), heldBy)
    const left = rows.map(row => [row.number, rest(row).replaceAll('<br>', '')] as const)
    expect(left.filter(([, words]) => words !== '' && !/^\*\*(not yet|on purpose not)\*\*/.test(words))).toEqual([])
    expect(left.filter(([, words]) => words.includes('.test.ts'))).toEqual([])
  })

  it.each(rows.flatMap(({ heading, number, tests }) => tests.map(test => [heading, number, ...test] as const)))(
    '%s %s is held by %s: %s',
    (_heading, _number, file, title) => {
      expect(file).toMatch(/^test\/.+\.test\.ts$/)
      expect(existsSync(new URL(file, project))).toBe(true)
      expect(hasTitle(readFileSync(new URL(file, project), 'utf8'), title)).toBe(true)
    },
  )

  it('says "not yet" of just these, and "on purpose not" of just those', () => {
    const saying = (words: string) =>
      rows.filter(({ heldBy }) => heldBy.includes(`**${words}**`)).map(({ heading, number }) => `${heading} ${number}`)
    expect(saying('not yet')).toEqual(NOT_YET)
    expect(saying('on purpose not')).toEqual(ON_PURPOSE)
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
    const [, number = '', fact = '', heldBy = '', ...rest] = line.split('|').map(cell => cell.trim())
    if (rest.join() !== '') throw new Error(`row ${number} under "${heading}" has not three cells`)
    const tests = [...heldBy.matchAll(/`(test\/[^`]+)`: `([^`]+)`/g)].map(
      ([, file = '', title = '']) => [file, title] as const,
    )
    return [{ heading, number, fact, heldBy, tests }]
  })
}
