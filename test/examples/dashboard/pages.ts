import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '../../../examples/dashboard/src/money/decimal.js'
import { DARK, type OpenedPage, openPage, PHONE, settled, WIDE } from './chromium.js'
import type { Running } from './dashboard-setup.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The limit for scripts of the first page, in bytes as they are sent. */
const MAX_SCRIPT_BYTES = 250_000

/** The layout shift that people do not notice, as web.dev puts "good" at 0.1. */
const MAX_LAYOUT_SHIFT = 0.02

const PAGES = [
  ['the overview', '/'],
  ['the invoices', '/invoices'],
  ['an invoice of 3scale', '/invoices/threescale%3Ainvoice%3A1276'],
  ['a bill of Catalyst Cloud', '/invoices/catalyst%3Ainvoice%3A714de5183b92d4ed923be519f252b7e2%3A2026-10-31'],
  ['the customers', '/customers'],
  ['a customer', '/customers/key/wcc'],
  ['the allocation', '/allocation'],
  ['the close', '/close'],
  ['on-charging', '/on-charge?customer=wcc'],
  ['the exports', '/exports'],
] as const

/** Every page in every look, what it loads, and what it adds up. */
export function describePages({ setup, browser }: Running): void {
  describe.each([WIDE, DARK, PHONE])('in $name', look => {
    let opened: OpenedPage
    // One context, so that the browser compiles the scripts once.
    beforeAll(async () => {
      opened = await openPage(browser(), look)
    })
    afterAll(() => opened?.[Symbol.asyncDispose]())

    it.each(PAGES)('shows %s without a finding of axe, an error or a sideways scroll', async (_name, path) => {
      const { page, problems } = opened
      problems.length = 0
      await page.goto(setup().url + path)
      await settled(page)
      expect(await seriousFindings(page)).toEqual([])
      expect(problems).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    })
  })

  it('loads little script, and does not shift when its figures arrive', async () => {
    await using opened = await openPage(browser())
    const { page } = opened
    const scripts: Request[] = []
    page.on('requestfinished', request => {
      if (request.resourceType() === 'script') scripts.push(request)
    })
    await page.addInitScript(WATCH_SHIFTS)
    await page.goto(`${setup().url}/`)
    await settled(page)
    const sizes = await Promise.all(scripts.map(script => script.sizes()))
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
    const shift = await page.evaluate('shift')
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES)
    expect(shift).toBeLessThanOrEqual(MAX_LAYOUT_SHIFT)
  })

  it.each([
    ['customers and the rest to the totals of the month', '/', ['By customer']],
    ['customers and the unallocated part to the bill', '/allocation', ['By customer']],
    ['lines to the total of an invoice', '/invoices/threescale%3Ainvoice%3A1276', ['Lines', 'By type']],
    ['lines and categories to the cost of a customer', '/customers/key/wcc', ['Lines', 'By category']],
    ['differences to what was paid', '/customers/key/wcc', ['From cost to payment']],
    ['months and documents to the sums of the list', '/invoices?ledger=REVENUE', ['List']],
  ])('adds up %s', async (_name, path, sections) => {
    await using opened = await openPage(browser(), { ...WIDE, width: 1500 })
    const { page } = opened
    await page.goto(setup().url + path)
    await settled(page)
    for (const section of sections) {
      const sums = await columnsOf(page, section)
      const checked = sums.filter(({ total }) => total !== '')
      expect(checked.length).toBeGreaterThan(0)
      for (const { parts, total } of checked) expect(difference(parts, total)).toBe('0')
    }
  })
}

/** What axe finds serious or critical, with the place. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    )
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
