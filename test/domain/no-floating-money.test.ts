import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findNumberNames, findNumberUses } from './number-scan.js'

/** A use of numbers that carries no amount. */
interface Exception {
  readonly file: string
  /** Stands in the line. */
  readonly code: string
  readonly why: string
}

const ALLOWED_USES: readonly Exception[] = [
  { file: 'domain/decimal.ts', code: 'Number(exponent)', why: 'up to three digits of an exponent' },
  { file: 'domain/decimal.ts', code: 'Math.max(0, -scale)', why: 'decimal places' },
  { file: 'domain/decimal.ts', code: 'Math.max(augend.scale, addend.scale)', why: 'decimal places' },
  { file: 'domain/on-charge/charge-text.ts', code: 'Number(month.slice(5))', why: 'the month of a name' },
  { file: 'domain/on-charge/charged-month.ts', code: 'Number(number)', why: 'the number in a marker' },
  { file: 'domain/on-charge/charges.ts', code: 'Math.max(CENTS,', why: 'decimal places' },
  { file: 'domain/on-charge/charges.ts', code: 'Number(whole.reduce(', why: 'cents to distribute, fewer than lines' },
  { file: 'domain/on-charge/safety-limit.ts', code: 'Math.floor((last.length - 1) / 2)', why: 'positions of a list' },
  { file: 'domain/on-charge/safety-limit.ts', code: 'Math.floor(last.length / 2)', why: 'positions of a list' },
  { file: 'domain/on-charge/steps.ts', code: 'Math.max(-1,', why: 'numbers of markers' },
  { file: 'domain/period.ts', code: 'Number(month.slice(', why: 'years and months of the calendar' },
  { file: 'domain/period.ts', code: 'count - year * 12 + 1', why: 'years and months of the calendar' },
  { file: 'domain/period.ts', code: 'Math.floor(count / 12)', why: 'years and months of the calendar' },
  { file: 'domain/edit-distance.ts', code: 'Number.POSITIVE_INFINITY', why: 'edits of a text' },
  { file: 'domain/edit-distance.ts', code: 'Math.min(at(', why: 'edits of a text' },
  { file: 'domain/nearest-prefixes.ts', code: 'wanted.length / 3', why: 'edits of a text' },
  { file: 'domain/nearest-prefixes.ts', code: 'Math.min(left.length', why: 'characters of a text' },
  { file: 'domain/global-id.ts', code: 'Number(', why: "a line's place on its document" },
  { file: 'domain/global-id.ts', code: 'Number.isNaN(position)', why: "a line's place on its document" },
  { file: 'domain/allocation/allocate.ts', code: 'Math.max(CENTS, net.scale', why: 'decimal places' },
  { file: 'domain/allocation/allocate.ts', code: 'Math.max(scale, cost.net.scale', why: 'decimal places' },
  { file: 'domain/allocation/pool-division.ts', code: 'weight => weight.scale', why: 'decimal places' },
  {
    file: 'domain/allocation/table-rounding.ts',
    code: 'Number(missing / one)',
    why: 'how many rows get one unit more',
  },
  { file: 'graph/connection/page.ts', code: 'Math.max(start, end - slice.size)', why: 'places in a page' },
  { file: 'graph/connection/page.ts', code: 'Math.min(end, start + slice.size)', why: 'places in a page' },
  { file: 'graph/connection/page.ts', code: 'Math.max(from, to)', why: 'places in a page' },
  {
    file: 'loaders/threescale/load-many.ts',
    code: 'first: Number(ids[0]), last: Number(ids.at(-1))',
    why: 'ids, to locate a page of a list',
  },
  {
    file: 'loaders/threescale/load-many.ts',
    code: 'expectedPage(Number(id) * sign',
    why: 'ids, to locate a page of a list',
  },
  {
    file: 'loaders/threescale/load-many.ts',
    code: 'Math.min(unread - 1, Math.floor(',
    why: 'pages of a list',
  },
]

/** What the domain may count with: places, decimal places, numbers of things, and the sign of a comparison. */
const ALLOWED_NAMES = [
  'scale',
  'exponent',
  'to',
  'count',
  'paymentCount',
  'position',
  'place',
  'places',
  'length',
  'compareDecimals',
  'compareKeys',
  'compareText',
  'monthsBetween',
  'countMonths',
  'segmentCount',
  'endsOfSegments',
  'commonLength',
  'editDistance',
  'rows',
  'i',
  'j',
]

/** The only members of the schema that are numbers: how many, never how much; points of the rate limit among them. */
const ALLOWED_INTEGERS = ['cost', 'count', 'first', 'last', 'limit', 'maxAge', 'quantity', 'remaining', 'totalCount']

const ROOT = join(import.meta.dirname, '../..')

describe('domain, loaders and graph', () => {
  const files = globSync('{domain,loaders,graph}/**/*.ts', { cwd: join(ROOT, 'src') }).toSorted()

  it('are there to be read', () => {
    for (const folder of ['domain/', 'loaders/', 'graph/']) {
      expect(files.filter(file => file.startsWith(folder)).length).toBeGreaterThan(5)
    }
  })

  it.each(files)('%s converts no amount to a number', file => {
    const uses = findNumberUses(sourceOf(file)).filter(
      ({ code }) => !ALLOWED_USES.some(exception => exception.file === file && code.includes(exception.code)),
    )

    expect(uses).toEqual([])
  })

  it.each(ALLOWED_USES)('$file still needs its exception: $why', ({ file, code }) => {
    expect(findNumberUses(sourceOf(file)).filter(use => use.code.includes(code))).not.toEqual([])
  })
})

describe('the domain', () => {
  const files = globSync('domain/*.ts', { cwd: join(ROOT, 'src') }).toSorted()

  it.each(files)('%s uses numbers for counts, never for amounts', file => {
    expect(findNumberNames(sourceOf(file)).filter(name => !ALLOWED_NAMES.includes(name))).toEqual([])
  })

  it('still needs all of its exceptions', () => {
    const names = new Set(files.flatMap(file => findNumberNames(sourceOf(file))))

    expect(ALLOWED_NAMES.filter(name => !names.has(name))).toEqual([])
  })
})

describe('the schema', () => {
  const schema = readFileSync(join(ROOT, 'schema.graphql'), 'utf8')

  it('knows no Float', () => {
    expect(floatsIn(schema)).toEqual([])
  })

  it('has integers for counts and page sizes only', () => {
    expect(integersIn(schema).filter(name => !ALLOWED_INTEGERS.includes(name))).toEqual([])
  })
})

describe('this guard', () => {
  it.each([
    'const total = parseFloat(text)',
    'const total = parseInt(text, 10)',
    'return amount.toFixed(2)',
    'const net = Number(line.cost)',
    'const costs = texts.map(Number)',
    'const net = Number.parseFloat(text)',
    'const cents = Math.round(total)',
    'const net = +text',
    'return +text',
    'add(+line.cost, 1)',
    'const gross = (+net)',
    'const pair = { net: +text }',
    'const total = a ? +b : c',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    'const label = `costs ${Number(text)}`',
    'const gross = net * 1.15',
    'const tax = net * 0.15',
    'const net = cents / 100',
    'const cents = net * 100',
    'net /= 100',
    'const tiny = 1e-6',
    'const text = total.toLocaleString()',
    'new Intl.NumberFormat("en-NZ").format(total)',
    '@Field(() => Float)',
    'type: GraphQLFloat',
    "const a = 'it\\'s' + Number(b)",
    'const p = /[/"\']/.test(x) ? parseFloat(x) : null',
    'const a = b /* note */ * 1.15',
  ])('sees: %s', bad => {
    expect(findNumberUses(`const harmless = 1\n${bad}\n`)).toContainEqual(expect.objectContaining({ line: 2 }))
  })

  it.each([
    '// parseFloat(text) would be wrong',
    '/** Never `Number(x)`: 12.50\n * Math.round neither. */',
    "const message = 'not a Number: 12.50, Math.max'",
    'const message = "parseFloat"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    'const message = `Number ${name} of 1.5`',
    'const form = /^Number(\\d+\\.\\d+)$/',
    'const cents = digits * 100n',
    'const half = quotient % 2n',
    'for (let index = 0; index < count; index++) next()',
    'const next = index + 1',
    'const name = first + last',
    'const { number } = invoice',
    "const isText = typeof value !== 'number'",
  ])('lets pass: %s', good => {
    expect(findNumberUses(good)).toEqual([])
  })

  it.each([
    ['interface A { readonly total: number }', 'total'],
    ['interface A { readonly total: number | null }', 'total'],
    ['interface A { total?: number }', 'total'],
    ['class A { readonly total!: number }', 'total'],
    ['interface A { readonly costs: readonly number[] }', 'costs'],
    ['interface A { readonly costs: ReadonlyMap<string, number> }', 'costs'],
    ['function sum(cost: number, currency: string): Money {}', 'cost'],
    ['function totalOf(lines: readonly Line[]): number {}', 'totalOf'],
    ['const rate: number = 0', 'rate'],
    ['type Cost = { net: number; tax: Money }', 'net'],
  ])('reads in %j the number %s', (source, name) => {
    expect(findNumberNames(source)).toEqual([name])
  })

  it('takes a member called number, and a comment, for no number', () => {
    expect(findNumberNames("readonly number: string | null\n/** total: number */\nconst a = 'net: number'")).toEqual([])
  })

  it('sees a Float, and an amount in whole numbers, in a schema', () => {
    const schema = '"Never a Float."\ntype A {\n  "How many."\n  count: Int!\n  cents: Int\n  net: [Float!]!\n}'

    expect(floatsIn(schema)).toEqual(['net: [Float!]!'])
    expect(integersIn(schema)).toEqual(['count', 'cents'])
  })
})

function sourceOf(file: string): string {
  return readFileSync(join(ROOT, 'src', file), 'utf8')
}

/** Lines of a schema, its descriptions left out, that name the type Float. */
function floatsIn(schema: string): readonly string[] {
  return linesOf(schema).filter(line => /\bFloat\b/.test(line))
}

/** The fields and arguments of a schema that are whole numbers. */
function integersIn(schema: string): readonly string[] {
  return linesOf(schema).flatMap(line => [...line.matchAll(/(\w+)\s*:\s*\[*Int\b/g)].map(([, name = '']) => name))
}

function linesOf(schema: string): readonly string[] {
  const withoutTexts = schema.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, '')
  return withoutTexts.split('\n').map(line => line.trim())
}
