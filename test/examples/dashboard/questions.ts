import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually, goWithin, type OpenedPage, openPage, settled, WIDE } from './chromium.js'
import type { Running } from './dashboard-setup.js'

const finance = readFileSync(new URL('../../../docs/finance.md', import.meta.url), 'utf8')

/** A question of `docs/finance.md` with the way to its answer. */
interface Question {
  readonly question: string
  /** Names of the links and buttons to click, from the overview. */
  readonly clicks: readonly string[]
  readonly answer: string
}

/** The rows of the table of questions. A click is in bold. */
export const QUESTIONS: readonly Question[] = [
  ...finance.matchAll(/^\| \d+ \| (?<question>[^|]+) \| (?<way>[^|]+) \| `(?<answer>[^`|]+)` \|$/gm),
].map(({ groups: { question = '', way = '', answer = '' } = {} }) => ({
  question: question.trim(),
  clicks: [...way.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name),
  answer,
}))

/** Walks to the answer of each question as the document says. */
export function describeQuestions({ setup, browser }: Running): void {
  it('has twelve questions, each with three clicks at most', () => {
    expect(QUESTIONS).toHaveLength(12)
    expect(QUESTIONS.filter(({ clicks }) => clicks.length > 3)).toEqual([])
  })

  let opened: OpenedPage
  beforeAll(async () => {
    opened = await openPage(browser(), WIDE)
    await opened.page.goto(`${setup().url}/`)
    await settled(opened.page)
  })
  afterAll(() => opened?.[Symbol.asyncDispose]())

  it.each(QUESTIONS)('answers: $question', async ({ clicks, answer }) => {
    const { page } = opened
    await goWithin(page, '/')
    for (const name of clicks) await click(page, name)
    await eventually(() => textOf(page)).toContain(answer)
  })
}

/** Clicks the link, button or checkbox of this name; a figure is named by its amount. */
async function click(page: Page, name: string): Promise<void> {
  const exact = { name, exact: true }
  const target = page
    .getByRole('link', exact)
    .or(page.getByRole('button', exact))
    .or(page.getByRole('checkbox', exact))
    .or(page.getByRole('button', { name: new RegExp(`^${RegExp.escape(name)}, `) }))
  await target.first().click()
  await settled(page)
}

/** The text of the page and of an open drawer, with single spaces. */
async function textOf(page: Page): Promise<string> {
  const texts = await page.locator('main, [role=dialog]').allInnerTexts()
  return texts.join(' ').replace(/\s+/g, ' ')
}
