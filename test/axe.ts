import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules whose result depends on colours. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

interface WithAxe {
  readonly axe?: typeof axe
}

/**
 * What axe finds serious or critical on a page as it is shown now: rule, element and reason.
 *
 * @param rules all of axe's by default
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => (globalThis as WithAxe).axe !== undefined))) await page.evaluate(axe.source)
  const violations = await page.evaluate(
    async runOnly => {
      // Results of other types are not listed in full: that is half of the work. The pages have no other assets to load.
      const options = { resultTypes: ['violations' as const], preload: false, ...(runOnly && { runOnly }) }
      const result = await (globalThis as unknown as Required<WithAxe>).axe.run(options)
      return result.violations
    },
    rules && [...rules],
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    )
}

/** The pixels by which a page is wider than its window: 0 or less if it needs no scrolling sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth')
}
