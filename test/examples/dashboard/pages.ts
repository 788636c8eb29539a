import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '../../../examples/dashboard/src/money/decimal.js'
import { COLOUR_RULES, overflowOf, seriousFindings } from '../../axe.js'
import { DARK, eventually, goWithin, type OpenedPage, openPage, PHONE, settled, showAs, WIDE } from './chromium.js'
import type { Running } from './dashboard-setup.js'

/** The limit for scripts of the first page, in bytes as they are sent. */
const MAX_SCRIPT_BYTES = 250_000

/** The layout shift that people do not notice, as web.dev puts "good" at 0.1. */
const MAX_LAYOUT_SHIFT = 0.02

/** A page: its name, its address, and its tables whose rows add up to the total below them. */
type PageUnderTest = readonly [name: string, path: string, tables?: readonly string[]]

const PAGES: readonly PageUnderTest[] = [
  ['overview', '/', ['By customer']],
  ['list of invoices', '/invoices'],
  ['invoice of 3scale', '/invoices/threescale%3Ainvoice%3A1276', ['Lines', 'By type']],
  ['bill of Catalyst Cloud', '/invoices/catalyst%3Ainvoice%3A714de5183b92d4ed923be519f252b7e2%3A2026-10-31'],
  ['list of customers', '/customers'],
  ['page of a customer', '/customers/key/wcc', ['Lines', 'By category', 'From cost to payment']],
  ['allocation', '/allocation', ['By customer']],
  ['close', '/close'],
  ['form for on-charging', '/on-charge?customer=wcc'],
  ['list of exports', '/exports'],
]

/** Every page in every look, what it loads, and what it adds up. */
export function describePages({ setup, browser }: Running): void {
  // One context, so that the browser compiles the scripts once; each page is loaded once, and shown in all looks.
  let opened: OpenedPage
  const scripts: Request[] = []
  let shift: unknown
  beforeAll(async () => {
    opened = await openPage(browser())
    const { page } = opened
    page.on('requestfinished', request => {
      if (request.resourceType() === 'script') scripts.push(request)
    })
    await page.addInitScript(WATCH_SHIFTS)
    await page.goto(`${setup().url}/`)
    await settled(page)
    shift = await page.evaluate('shift')
  })
  afterAll(() => opened?.[Symbol.asyncDispose]())

  it('loads little script, and does not shift when its figures arrive', async () => {
    const sizes = await Promise.all(scripts.map(script => script.sizes()))
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES)
    expect(shift).toBeLessThanOrEqual(MAX_LAYOUT_SHIFT)
  })

  describe.each(PAGES)('the %s', (_name, path, tables = []) => {
    beforeAll(async () => {
      opened.problems.length = 0
      await showAs(opened.page, WIDE)
      await opened.page.goto(setup().url + path)
      await settled(opened.page)
    })

    if (tables.length > 0) {
      it('adds up its rows to the totals below them', async () => {
        for (const table of tables) await expectSums(opened.page, table)
      })
    }

    it('has no finding of axe, no error, and no sideways scroll', async () => {
      const { page, problems } = opened
      expect(await seriousFindings(page)).toEqual([])
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      expect(problems).toEqual([])
    })

    it('has enough contrast in dark', async () => {
      const { page, problems } = opened
      await showAs(page, DARK)
      await eventually(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
      expect(await seriousFindings(page, COLOUR_RULES)).toEqual([])
      expect(problems).toEqual([])
    })

    it('has no finding of axe, no error, and no sideways scroll on a phone', async () => {
      const { page, problems } = opened
      await showAs(page, PHONE)
      await eventually(() => overflowOf(page)).toBeLessThanOrEqual(0)
      expect(await seriousFindings(page)).toEqual([])
      expect(problems).toEqual([])
    })
  })

  it('adds up the months and documents of a list to its sums', async () => {
    await showAs(opened.page, WIDE)
    await goWithin(opened.page, '/invoices?ledger=REVENUE')
    await expectSums(opened.page, 'List')
  })
}

/** Expects every column of a section's table that has a total to add up to it. */
async function expectSums(page: Page, section: string): Promise<void> {
  const columns = (await columnsOf(page, section)).filter(({ total }) => total !== '')
  expect(columns, section).not.toEqual([])
  for (const { parts, total } of columns) expect(difference(parts, total), section).toBe('0')
}

/** Adds up all layout shifts of a page. */
const WATCH_SHIFTS = `
  globalThis.shift = 0
  new PerformanceObserver(list => {
    for (const { value } of list.getEntries()) globalThis.shift += value
  }).observe({ type: 'layout-shift', buffered: true })
`

interface Column {
  readonly parts: readonly string[]
  readonly total: string
}

/** The amounts of each numeric column of the table in a section: those of its rows, and the one of its last row. Struck ones are left out. */
async function columnsOf(page: Page, section: string): Promise<readonly Column[]> {
  const rows = await page
    .getByRole('region', { name: section, exact: true })
    .getByRole('row')
    .evaluateAll(elements =>
      elements.map(row => ({
        isFoot: row.parentElement?.tagName === 'TFOOT',
        cells: [...row.querySelectorAll('td')].map(
          cell => cell.querySelector('.figure:not([data-struck=true])')?.firstChild?.textContent ?? '',
        ),
      })),
    )
  const sums = rows.filter(({ isFoot }) => isFoot)
  // On the overview the first row of the foot is the rest, which is a part.
  const isRest = section === 'By customer' && sums.length === 2
  const total = isRest ? sums.at(-1) : sums[0]
  const parts = [...rows.filter(({ isFoot }) => !isFoot), ...(isRest ? sums.slice(0, 1) : [])]
  return (total?.cells ?? []).map((text, column) => ({
    parts: parts.map(({ cells }) => cells[column] ?? '').filter(part => part !== ''),
    total: text,
  }))
}

function difference(parts: readonly string[], total: string): string {
  return sumOf([...parts, total.startsWith('-') ? total.slice(1) : `-${total}`]).replace(/^-?0(\.0+)?$/, '0')
}
