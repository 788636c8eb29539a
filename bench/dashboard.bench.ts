import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Request } from 'playwright-core'
import { build } from 'vite'
import { startChromium } from '../test/chromium.js'
import { settled, WIDE } from '../test/examples/dashboard/chromium.js'
import { startDashboard } from '../test/examples/dashboard/dashboard-setup.js'
import { quantile } from './quantile.js'

// From the document to a dashboard that reacts, and to one with all its figures, beside an empty React page of the same gateway.
// Measured in turns, A B A B, each time in a new context without a cache. Needs Chromium. Start: `npm run bench:dashboard`.

const ROUNDS = 12
const root = new URL('../', import.meta.url).pathname

/** One load of a page. Times are in ms after the last byte of the document. */
interface Load {
  /** The title is there and the main thread is free. */
  readonly interactiveMs: number
  /** Every figure is there and the main thread is free. */
  readonly completeMs: number
  readonly scriptBytes: number
  /** Cumulative layout shift. */
  readonly shift: number
}

/** Notes in the page when it has its title and when nothing loads any more, each after the next free moment. */
const WATCH = `
  const seen = (globalThis.seen = { shift: 0 })
  new PerformanceObserver(list => {
    for (const { value } of list.getEntries()) seen.shift += value
  }).observe({ type: 'layout-shift', buffered: true })
  const note = name => requestAnimationFrame(() => setTimeout(() => (seen[name] ??= performance.now())))
  const WAITING = '[aria-label^="Loading"], .mantine-Skeleton-root, .mantine-Loader-root'
  new MutationObserver(() => {
    if (!document.querySelector('h1')) return
    note('interactive')
    if (document.querySelector(WAITING)) seen.complete = undefined
    else note('complete')
  }).observe(document, { childList: true, subtree: true, attributes: true })
`

async function load(browser: Browser, url: string): Promise<Load> {
  // Not the fixed clock of the tests, which stands in for `performance` as well.
  const context = await browser.newContext({ viewport: WIDE })
  const page = await context.newPage()
  const scripts: Request[] = []
  page.on('requestfinished', request => {
    if (request.resourceType() === 'script') scripts.push(request)
  })
  await page.addInitScript(WATCH)
  await page.goto(url)
  await settled(page)
  await page.waitForFunction(() => (globalThis as unknown as Seen).seen.complete !== undefined)
  const { interactive, complete, shift, documentEnd } = await page.evaluate(() => {
    const { seen, performance } = globalThis as unknown as Seen
    return { ...seen, documentEnd: performance.getEntriesByType('navigation')[0]?.responseEnd ?? Number.NaN }
  })
  const sizes = await Promise.all(scripts.map(script => script.sizes()))
  await context.close()
  return {
    interactiveMs: interactive - documentEnd,
    completeMs: complete - documentEnd,
    scriptBytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0),
    shift,
  }
}

/** The part of a page's globals that is used here. */
interface Seen {
  readonly seen: { readonly interactive: number; readonly complete: number; readonly shift: number }
  readonly performance: { getEntriesByType(type: 'navigation'): readonly { readonly responseEnd: number }[] }
}

/** Builds a page that is React and a title, in a folder that a gateway can serve as its dashboard. */
async function buildEmptyPage(folder: string): Promise<string> {
  const source = join(folder, 'source')
  mkdirSync(source)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const script = "createRoot(document.getElementById('root')).render(createElement('h1', null, 'Empty'))"
  writeFileSync(
    join(source, 'main.js'),
    `import { createElement } from 'react'\nimport { createRoot } from 'react-dom/client'\n${script}\n`,
  )
  writeFileSync(
    join(source, 'index.html'),
    '<!doctype html><title>Empty</title><div id="root"></div><script type="module" src="./main.js"></script>',
  )
  const outDir = join(folder, 'page')
  await build({
    root: source,
    base: '/dashboard/',
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
    html: { cspNonce: 'BILLGRAPH_NONCE' },
  })
  return outDir
}

function report(what: string, values: readonly number[], digits = 0, unit = ' ms'): void {
  const [least, middle, most] = [0, 0.5, 1].map(share => quantile(values, share).toFixed(digits))
  process.stdout.write(`${what}: ${middle}${unit} (${least} to ${most})\n`)
}

const folder = mkdtempSync(join(tmpdir(), 'billgraph-bench-'))
try {
  await using dashboard = await startDashboard()
  await using empty = await startDashboard({ dashboardFolder: await buildEmptyPage(folder) })
  const browser = await startChromium()
  const rounds: (readonly [ours: Load, bare: Load])[] = []
  for (let round = -1; round < ROUNDS; round++) {
    const loads = [
      await load(browser, `${dashboard.url}/?month=2026-10`),
      await load(browser, `${empty.url}/`),
    ] as const
    // The first one is for the gateway's compiler.
    if (round >= 0) rounds.push(loads)
  }
  await browser.close()
  const ours = rounds.map(([load]) => load)
  report(
    'empty React page, interactive',
    rounds.map(([, bare]) => bare.interactiveMs),
  )
  report(
    'dashboard, interactive',
    ours.map(({ interactiveMs }) => interactiveMs),
  )
  report(
    'dashboard, all figures',
    ours.map(({ completeMs }) => completeMs),
  )
  report(
    'ratio, interactive',
    rounds.map(([our, bare]) => our.interactiveMs / bare.interactiveMs),
    2,
    '',
  )
  report(
    'ratio, all figures',
    rounds.map(([our, bare]) => our.completeMs / bare.interactiveMs),
    2,
    '',
  )
  report(
    'scripts of the dashboard, compressed',
    ours.map(({ scriptBytes }) => scriptBytes / 1000),
    1,
    ' kB',
  )
  report(
    'scripts of the empty page',
    rounds.map(([, bare]) => bare.scriptBytes / 1000),
    1,
    ' kB',
  )
  report(
    'layout shift',
    ours.map(({ shift }) => shift),
    4,
    '',
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
