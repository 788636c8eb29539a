import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { AuthenticationError } from '../../../src/server/authentication/authentication-error.js'
import type { HeaderValues } from '../../../src/server/authentication/credential.js'
import { overflowOf, seriousFindings } from '../../axe.js'
import { BUILD_MS, type BuiltProgram, buildProgram, type GatewayProcess, startBuilt } from '../../built-program.js'
import { hasChromium, openPage, startChromium } from '../../chromium.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'
import { runFirstOperation } from './explorer.js'

const LOOKS = [
  ['in light', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['in dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
  ['on a phone', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
] as const

describe.skipIf(!hasChromium)('the pages', () => {
  let browser: Browser
  let program: BuiltProgram
  let gateway: GatewayProcess
  beforeAll(async () => {
    ;[browser, program] = await Promise.all([startChromium(), buildProgram()])
    gateway = await startBuilt(program, {})
  }, BUILD_MS)
  afterAll(async () => {
    await gateway?.end()
    await browser?.close()
  })

  it.each(LOOKS)("show the sources and run the README's query at / %s, without a network", async (_name, look) => {
    await using opened = await openPage(browser, `${gateway.address}/`, look)
    const { page, complaints } = opened
    await page.getByText('Every figure on this page is invented').waitFor()
    await page.getByText('Responds').nth(1).waitFor()
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('"amount": "81.69"').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })

  it('show every shipped query at /, each with variables that have a result in the demo', async () => {
    await using opened = await openPage(browser, `${gateway.address}/`)
    const { page, complaints } = opened
    const select = page.getByLabel('Query', { exact: true })
    await page.getByText('Responds').nth(1).waitFor()
    const names = await select.locator('option').allTextContents()
    expect(names.length).toBeGreaterThan(4)
    for (const name of names) {
      await select.selectOption(name)
      const answered = page.waitForResponse(/graphql/)
      await page.getByRole('button', { name: 'Run' }).click()
      const { data, errors } = (await (await answered).json()) as { data: object; errors?: unknown }
      expect([name, errors, Object.values(data).includes(null)]).toEqual([name, undefined, false])
    }
    expect(complaints).toEqual([])
  })

  it('run an operation in the explorer, without a network', async () => {
    await using opened = await openPage(browser, `${gateway.address}/explore`)
    const { page, complaints } = opened
    await runFirstOperation(page)
    // Two findings are in Ruru's own markup: its link has a contrast of 4.37, and its tab has a button inside.
    const rules = (await seriousFindings(page)).map(finding => finding.split(':')[0])
    expect(rules).toEqual(['color-contrast', 'nested-interactive'])
    expect(complaints).toEqual([])
  })

  it.each(LOOKS)('show a document %s', async (_name, look) => {
    await using opened = await openPage(browser, `${gateway.address}/docs/economics`, look)
    const { page, complaints } = opened
    await page.getByRole('heading', { name: 'Economics', level: 1 }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })
})

describe.skipIf(!hasChromium)('the start page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())

  const open = ({ gateway }: TestSetup) => openPage(browser, `${gateway.url}/`)

  it('asks for a key where the gateway needs one, and keeps it in memory only', async () => {
    const authenticate = async (headers: HeaderValues) => {
      if (headers.authorization?.[0] !== 'Bearer bg_right') throw new AuthenticationError('missing')
      return FULL_ACCESS
    }
    await using setup = await startTestSetup({ server: { authenticate } })
    await using opened = await open(setup)
    const { page } = opened
    const field = page.getByLabel('This gateway needs an API key or a token.')
    await field.fill('bg_right')
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByText('Responds').nth(1).waitFor()
    expect(await field.isVisible()).toBe(false)
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, ''])
  })

  it('says which system does not respond', async () => {
    await using setup = await startTestSetup()
    await setup.threescale[Symbol.asyncDispose]()
    await using opened = await open(setup)
    await opened.page.getByRole('listitem').filter({ hasText: '3scale' }).getByText('Does not respond').waitFor()
    await opened.page.getByRole('listitem').filter({ hasText: 'Catalyst Cloud' }).getByText('Responds').waitFor()
  })
})
