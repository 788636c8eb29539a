import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { AuthenticationError } from '../../../src/server/authentication/authentication-error.js'
import { DEMO_REGISTRY } from '../../../src/standin/demo-registry.js'
import { eventually, goWithin, type OpenedPage, openPage, PHONE, settled } from './chromium.js'
import { type Running, registryOf, startDashboard } from './dashboard-setup.js'

const KEY = 'a-key-that-the-gateway-accepts'

/** What the dashboard does besides showing its pages. */
export function describeStates({ setup, browser }: Running): void {
  describe('with all systems', () => {
    // One context, so that the browser compiles the scripts once.
    let opened: OpenedPage
    beforeAll(async () => {
      opened = await openPage(browser())
    })
    afterAll(() => opened?.[Symbol.asyncDispose]())

    it('opens a link to a filtered list, and keeps its filter in the address', async () => {
      const { page } = opened
      await page.goto(`${setup().url}/invoices?states=FAILED&from=2026-10&to=2026-10`)
      await settled(page)
      const list = page.getByRole('region', { name: 'List' })
      await expect
        .poll(() => list.getByRole('link').allTextContents())
        .toEqual(['2026-10-00000018', '2026-10-00000012'])
      await page.getByLabel("Buyer's name contains").fill('tahi')
      await page.getByLabel("Buyer's name contains").press('Enter')
      await eventually(() => list.getByRole('link').allTextContents()).toEqual(['2026-10-00000018'])
      expect(page.url()).toContain('buyer=tahi')
      await page.reload()
      await eventually(() => list.getByRole('link').allTextContents()).toEqual(['2026-10-00000018'])
    })

    it('pages through the list with the keyboard alone', async () => {
      const { page } = opened
      await goWithin(page, '/invoices')
      const first = page.getByRole('region', { name: 'List' }).getByRole('link').first()
      const before = await first.textContent()
      await page.getByRole('button', { name: 'Next page' }).focus()
      await page.keyboard.press('Enter')
      await eventually(() => first.textContent()).not.toBe(before)
      await page.getByRole('button', { name: 'Previous page' }).focus()
      await page.keyboard.press('Enter')
      await eventually(() => first.textContent()).toBe(before)
    })

    it('explains a figure: definition, age, rows and query', async () => {
      const { page } = opened
      await goWithin(page, '/')
      await page
        .getByRole('button', { name: /^1978.97 NZD, October 2026, Cost/ })
        .first()
        .click()
      const drawer = page.getByRole('dialog', { name: 'Cost' })
      await eventually(() => drawer.getByRole('region', { name: 'Definition' }).textContent()).toContain('as stated')
      expect(await drawer.getByRole('region', { name: 'Age' }).textContent()).toContain('as of 2026-11-22 02:00 UTC')
      expect(await drawer.getByLabel('Query', { exact: true }).last().textContent()).toContain('costs: invoices(')
      await drawer.getByRole('link', { name: 'Show the rows of this figure' }).click()
      await eventually(() => page.url()).toContain('/dashboard/invoices?ledger=COST&from=2026-10&to=2026-10')
    })

    it('claims no rest of a running month, which has no bill that its customers could add up to', async () => {
      const { page } = opened
      await goWithin(page, '/?month=2026-11')
      const table = page.getByRole('region', { name: 'By customer' })
      await eventually(() => table.locator('tbody').textContent()).toMatch(/WCC Hosting.*NZD/)
      expect(await table.locator('tfoot tr td').first().textContent()).toBe('–')
    })

    it('says what to do where there is nothing to show', async () => {
      const { page } = opened
      const shows = async (path: string, text: RegExp): Promise<void> => {
        await goWithin(page, path)
        await eventually(() => page.locator('main').textContent()).toMatch(text)
      }
      await shows('/invoices?number=nothing', /No invoice matches\. Clear a filter/)
      await shows('/invoices/threescale%3Ainvoice%3A999999', /There is no such invoice/)
      await shows('/invoices/nonsense', /could not be loaded.*is not the id of an invoice.*BAD_USER_INPUT/)
      await shows('/customers/prefix/no-such-thing', /No resource of this month matches/)
      await shows('/allocation?month=2017-01', /There is no bill for this month yet/)
      await shows('/nowhere', /This page does not exist/)
    })

    it('saves an export as the file of the gateway', async () => {
      const { page } = opened
      await goWithin(page, '/allocation')
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: 'CSV' }).click()
      const download = await downloading
      expect(download.suggestedFilename()).toBe('billgraph-allocation-2026-10.csv')
      expect(readFileSync(await download.path(), 'utf8')).toContain('wcc')
    })
  })

  it('names the system that is down, and shows the other one whole', async () => {
    await using own = await startDashboard()
    await own.threescale.close()
    await using opened = await openPage(browser())
    const { page } = opened
    await page.goto(`${own.url}/`)
    await settled(page)
    await expect
      .poll(() => page.getByRole('alert').allTextContents())
      .toContainEqual(
        expect.stringMatching(/^3scale does not respond.*Revenue, invoices to customers and payments are missing/),
      )
    expect(await page.getByRole('region', { name: 'Cost', exact: true }).textContent()).toContain('1978.97 NZD')
    expect(await page.getByRole('region', { name: 'Revenue', exact: true }).textContent()).toContain('not available')
    await goWithin(page, '/invoices')
    await eventually(() => page.locator('main').textContent()).toContain('Invoices of 3scale are missing')
    expect(await page.getByRole('link', { name: 'Catalyst Cloud, 2026-10' }).count()).toBe(1)
  })

  it('shows the first hundred of many customers with what is left over, and the others when asked', async () => {
    const customers = Array.from(
      { length: 105 },
      (_, n) => `  - key: small-${n}\n    name: Small ${n}\n    claims: [{ prefix: small-${n}- }]\n`,
    )
    const registry = registryOf(DEMO_REGISTRY.replace('\npools:', `${customers.join('')}\npools:`))
    await using own = await startDashboard({ registry })
    await using opened = await openPage(browser())
    const { page } = opened
    await page.goto(`${own.url}/`)
    await settled(page)
    const table = page.getByRole('region', { name: 'By customer' })
    const rows = table.locator('tbody tr')
    const leftOver = table.locator('tfoot tr').first()
    expect(await rows.count()).toBe(100)
    expect(await table.textContent()).toContain('100 of 109 customers')
    expect(await leftOver.textContent()).toMatch(/^Everything else, with 9 customers that are not shown.*NZD/)
    await table.getByRole('button', { name: 'Show more' }).click()
    await eventually(() => rows.count()).toBe(109)
    expect(await leftOver.textContent()).toMatch(/^Everything else\d/)
    expect(await table.getByRole('button', { name: 'Show more' }).count()).toBe(0)
  })

  it('asks for a key, refuses a wrong one, and keeps the right one in memory only', async () => {
    await using own = await startDashboard({
      authenticate: async ({ authorization }) => {
        if (authorization?.[0] === `Bearer ${KEY}`) return FULL_ACCESS
        throw new AuthenticationError(authorization ? 'key-unknown' : 'missing')
      },
    })
    await using opened = await openPage(browser(), { ...PHONE, colorScheme: 'dark' })
    const { page, context } = opened
    await page.goto(`${own.url}/close`)
    const input = page.getByLabel('API key or access token')
    await input.fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await eventually(() => page.getByRole('alert').textContent()).toContain('does not accept this credential')
    await input.fill(KEY)
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('h1').textContent()).toBe('Close October 2026')
    await settled(page)
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    expect(stored + page.url() + JSON.stringify(await context.cookies())).not.toContain(KEY)
    await page.reload()
    await eventually(() => input.count()).toBe(1)
  })
}
