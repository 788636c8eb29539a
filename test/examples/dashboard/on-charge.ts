import { expect, it } from 'vitest'
import { eventually, goWithin, openPage } from './chromium.js'
import { type Running, startDashboard } from './dashboard-setup.js'

/** On-charging: a plan, its review and its run. */
export function describeOnCharging({ browser }: Running): void {
  it('shows a plan, applies it after a review, and has nothing left to do then', async () => {
    await using setup = await startDashboard()
    await using opened = await openPage(browser())
    const { page, problems } = opened
    await page.goto(`${setup.url}/on-charge?month=2026-10&customer=acme2`)
    // With every choice of the form; then with none.
    await page.getByLabel('Markup', { exact: true }).selectOption('as an amount')
    await page.getByLabel("Markup, in the invoice's currency").fill('10')
    await page.getByLabel('Month of the invoice').selectOption('November 2026')
    await page.getByLabel('Project').fill('no-such-project')
    await page.getByRole('button', { name: 'Show the plan' }).click()
    await eventually(() => page.getByRole('alert').first().textContent()).toContain('There is no bill of 2026-10 yet')
    await page.getByLabel('Project').fill('')
    await page.getByRole('button', { name: 'Show the plan' }).click()
    const review = page.getByRole('region', { name: '2. Review' })
    await eventually(() => review.getByRole('row').last().textContent()).toContain('67.32 NZD')
    await page.getByLabel("Markup, in the invoice's currency").fill('')
    await page.getByRole('button', { name: 'Show the plan' }).click()
    await eventually(() => review.getByRole('row').last().textContent()).toContain('57.32 NZD')
    const writes = (): number => setup.threescale.requests.filter(request => !request.startsWith('GET ')).length
    expect(writes()).toBe(0)

    const apply = review.getByRole('button', { name: 'Apply this plan' })
    expect(await apply.isDisabled()).toBe(true)
    await review.getByLabel('I have reviewed these lines').check()
    await apply.click()
    const result = page.getByRole('region', { name: '3. Result' })
    await eventually(() => result.textContent()).toContain('57.32 NZD is on the invoice')
    expect(writes()).toBeGreaterThan(0)

    await page.getByRole('button', { name: 'Show the plan' }).click()
    await eventually(() => review.textContent()).toContain('every line is on the invoice already')
    await goWithin(page, '/close?month=2026-10')
    expect(await page.getByRole('listitem').filter({ hasText: 'All cost is on-charged' }).textContent()).not.toContain(
      'Acme 2 Labs',
    )
    expect(problems).toEqual([])
  })

  it('says how to enable writes on a gateway that only reads', async () => {
    await using setup = await startDashboard({ hasWrites: false })
    await using opened = await openPage(browser())
    await opened.page.goto(`${setup.url}/on-charge?month=2026-10&customer=wcc`)
    await opened.page.getByRole('button', { name: 'Show the plan' }).click()
    await eventually(() => opened.page.getByRole('alert').textContent()).toContain('WRITES_JOURNAL')
  })
}
