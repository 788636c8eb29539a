import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Where Debian's package puts the browser. */
const PROGRAM = '/usr/bin/chromium'

/** True when this machine has a Chromium. CI must have one. */
export const hasChromium =
  process.env.CI === 'true' || (existsSync(PROGRAM) && spawnSync(PROGRAM, ['--version']).status === 0)

if (!hasChromium) process.stderr.write('skipped: tests in a browser (apt-get install chromium)\n')

/** Starts a Chromium that reaches nothing but this machine. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
}

/** A page with everything that it complained of. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  /** Console errors, exceptions, and requests to other machines. */
  readonly complaints: readonly string[]
}

/** Opens a page in a context of its own. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url()))
      complaints.push(request.url())
  })
  await page.goto(url)
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}
