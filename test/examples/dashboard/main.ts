import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { startChromium } from '../../chromium.js'
import { DARK, type Look, openPage, PHONE, settled, showAs, WIDE } from './chromium.js'
import { startDashboard } from './dashboard-setup.js'

// `npm run screenshots` takes the pictures of the documents from the demo's data of a fixed day; `-- close figure` takes these two.

const folder = new URL('../../../docs/images/', import.meta.url).pathname

/** A picture: its name, the page, and what is clicked before. */
interface Picture {
  readonly name: string
  readonly path: string
  readonly looks: readonly Look[]
  readonly prepare?: (page: Page) => Promise<void>
}

const PICTURES: readonly Picture[] = [
  { name: 'overview', path: '/', looks: [WIDE, DARK, PHONE] },
  { name: 'invoices', path: '/invoices?from=2026-10&to=2026-10', looks: [WIDE, DARK, PHONE] },
  { name: 'invoice', path: '/invoices/threescale%3Ainvoice%3A1276', looks: [WIDE, DARK, PHONE] },
  { name: 'customer', path: '/customers/key/wcc', looks: [WIDE, DARK, PHONE] },
  { name: 'allocation', path: '/allocation', looks: [WIDE, DARK, PHONE] },
  { name: 'close', path: '/close', looks: [WIDE, DARK, PHONE] },
  { name: 'on-charge', path: '/on-charge?customer=acme2', looks: [WIDE, DARK, PHONE], prepare: showPlan },
  { name: 'figure', path: '/', looks: [WIDE, DARK, PHONE], prepare: explainCost },
]

mkdirSync(folder, { recursive: true })
await using setup = await startDashboard()
const browser = await startChromium()
const wanted = process.argv.slice(2)
for (const { name, path, looks, prepare } of PICTURES.filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name),
)) {
  await using opened = await openPage(browser)
  const { page } = opened
  await page.goto(setup.url + path)
  await settled(page)
  await prepare?.(page)
  for (const look of looks) {
    await showAs(page, look)
    const file = `${folder}${name}-${look.name}.jpg`
    await page.screenshot({ path: file, type: 'jpeg', quality: 72, animations: 'disabled' })
    process.stdout.write(`${file}\n`)
  }
}
await browser.close()

async function showPlan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await page.getByRole('region', { name: '2. Review' }).waitFor()
}

async function explainCost(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^1978.97 NZD, October 2026, Cost/ })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
}
