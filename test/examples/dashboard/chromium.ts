import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { TODAY } from '../../gateway.js'

/** How a page is shown. */
export interface Look {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly colorScheme: 'light' | 'dark'
}

export const WIDE: Look = { name: 'light', width: 1280, height: 860, colorScheme: 'light' }
export const DARK: Look = { name: 'dark', width: 1280, height: 860, colorScheme: 'dark' }
export const PHONE: Look = { name: 'phone', width: 390, height: 844, colorScheme: 'light' }

/** A page of its own context, and what went wrong in it. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors and warnings of the console, and uncaught errors. */
  readonly problems: string[]
}

/** Opens an empty page. Its clock shows the date of the tests. */
export async function openPage(browser: Browser, { width, height, colorScheme }: Look = WIDE): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('pageerror', error => problems.push(String(error)))
  await page.clock.setFixedTime(TODAY)
  return { page, context, problems, [Symbol.asyncDispose]: () => context.close() }
}

/** Shows an open page in another look, without loading it again. */
export async function showAs(page: Page, { width, height, colorScheme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize({ width, height })
  // Two frames: in the first one the page measures its new size, in the second one it is drawn.
  await page.evaluate(() => {
    const { requestAnimationFrame } = globalThis as unknown as Dom
    return new Promise<void>(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
  })
  await settled(page)
}

/** Goes to another page of the open dashboard without loading it again, as its links do. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(url => (globalThis as unknown as Dom).history.pushState(null, '', url), `/dashboard${path}`)
  await settled(page)
}

/** The part of a page's globals that is used here: these tests compile without the types of browsers. */
interface Dom {
  readonly document: { querySelector(selector: string): unknown }
  readonly history: { pushState(state: null, title: string, url: string): void }
  requestAnimationFrame(callback: () => void): void
}

/** What a page shows while it is loading. */
const WAITING = '[aria-label^="Loading"], .mantine-Skeleton-root, .mantine-Loader-root'

/** Expects something of a page that becomes true some time after an action. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 45_000 })
}

/** Waits until the page has its title and all its figures. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  // A function, since the page's policy forbids scripts as text.
  await page.waitForFunction(
    waiting => (globalThis as unknown as Dom).document.querySelector(waiting) === null,
    WAITING,
  )
}
