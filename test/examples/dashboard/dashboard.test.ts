import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { hasChromium, startChromium } from '../../chromium.js'
import { type DashboardSetup, startDashboard } from './dashboard-setup.js'
import { describeOnCharging } from './on-charge.js'
import { describePages } from './pages.js'
import { describeQuestions } from './questions.js'
import { describeStates } from './states.js'
import { describeTrusted } from './trusted.js'

/** A build of the dashboard on a busy machine. */
const BUILD_TIMEOUT_MS = 300_000

// One file, so that the dashboard is built once and one browser runs.
describe.skipIf(!hasChromium)('the dashboard', () => {
  let setup: DashboardSetup
  let browser: Browser
  beforeAll(async () => {
    setup = await startDashboard()
    browser = await startChromium()
  }, BUILD_TIMEOUT_MS)
  afterAll(async () => {
    await browser?.close()
    await setup?.[Symbol.asyncDispose]()
  })
  const running = { setup: () => setup, browser: () => browser }

  describePages(running)
  describe('in each state', () => describeStates(running))
  describe('when on-charging', () => describeOnCharging(running))
  describe('with trusted documents', () => describeTrusted(running))
  describe('asked by a finance person', () => describeQuestions(running))
})
