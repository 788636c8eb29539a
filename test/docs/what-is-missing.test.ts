import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseRegistry } from '../../src/config/customers-file.js'
import { CurrentRegistry } from '../../src/loaders/customers/current-registry.js'
import { DEMO_REGISTRY } from '../../src/standin/demo-registry.js'
import { runProgram } from '../cli/terminal.js'
import { startTestSetup } from '../gateway.js'

const page = readFileSync(new URL('../../docs/finance.md', import.meta.url), 'utf8')
const [, section = ''] = page.split('## What did a customer cost, and did we bill it?\n')

/** The first code block of the section that begins so. */
function block(start: string): string {
  const [, code = ''] = section.split(`\n\`\`\`${start}`)
  return code.slice(0, code.indexOf('```')).trimStart()
}

it('the query of docs/finance.md says what customer-wcc cost in July 2017, what was billed, and what is missing', async () => {
  const registry = new CurrentRegistry(parseRegistry(DEMO_REGISTRY, problem => expect.fail(problem)))
  await using setup = await startTestSetup({ server: { registry } })
  const { data, errors } = await setup.gateway.askText(block('graphql\n'))
  expect(errors).toBeUndefined()
  const nzd = (amount: string) => ({ amount, currencyCode: 'NZD' })
  expect(data?.customer).toEqual({
    name: 'WCC Hosting',
    cost: { total: { net: nzd('81.69') }, lineItems: { totalCount: 7 } },
    revenueOverTime: [{ state: 'CLOSED', amount: { net: nzd('70.26') } }],
    margin: { amount: nzd('-11.43'), rate: '-0.162681', gaps: [] },
  })
  const found = data?.reconciliation as { customers: readonly { customer: { key: string } }[] } | undefined
  expect(found?.customers.find(({ customer }) => customer.key === 'wcc')).toEqual({
    customer: { key: 'wcc' },
    differences: [
      {
        cause: 'NOT_ON_CHARGED',
        amount: nzd('-11.43'),
        message: 'No line of an invoice on-charges customer-wcc-gdc.',
      },
    ],
    gaps: [],
  })
  for (const figure of ['cost 81.69 NZD', '70.26 NZD were billed', '11.43 NZD are missing']) {
    expect(section).toContain(figure)
  }
})

it('the command of docs/finance.md prints the table that stands there', async () => {
  const [command = ''] = block('sh\n').split('\n')
  const [, words = ''] = command.split(' -- ')
  const { status, stdout } = await runProgram(words.split(' '))
  expect(status).toBe(0)
  expect(stdout).toBe(block('text\n'))
})
