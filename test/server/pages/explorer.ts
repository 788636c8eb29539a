import type { Page } from 'playwright-core'

/** How often the menu of operations is asked for, two seconds each. */
const ATTEMPTS = 30

/** Runs the first operation in the explorer and waits for its result. */
export async function runFirstOperation(page: Page): Promise<void> {
  // The button has a menu of the operations as soon as the schema is there; before, it does without.
  for (let attempt = 1; !(await opens(page)); attempt++) {
    if (attempt === ATTEMPTS) throw new Error('the explorer shows no menu of operations')
  }
  await page.getByRole('menuitem', { name: 'CustomerCost' }).click()
  await page.getByText('"81.69"').first().waitFor()
}

function opens(page: Page): Promise<boolean> {
  const menu = page.getByRole('menuitem', { name: 'CustomerCost' })
  return page
    .getByRole('button', { name: /Execute/ })
    .click()
    .then(() => menu.waitFor({ timeout: 2_000 }))
    .then(
      () => true,
      () => false,
    )
}
