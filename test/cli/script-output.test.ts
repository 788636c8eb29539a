import { expect, it } from 'vitest'
import { printLikeScript } from '../../src/cli/script-output.js'
import { costOnInvoices } from '../../src/domain/customer-cost.js'
import { parseDecimal } from '../../src/domain/decimal.js'
import { invoice, nzd, resourceLine } from '../domain/bills.js'

it.each([
  ['697.0', '697.0'],
  ['697', '697'],
  ['697.50', '697.5'],
  ['11.00', '11.0'],
  ['-0.50', '-0.5'],
  ['0.0005', '0.0005'],
  ['0.00005', '5e-05'],
  ['0.00001250', '1.25e-05'],
])('prints the number %s as Python does: %s', (quantity, printed) => {
  const line = { ...resourceLine('web', '1.00'), quantity: parseDecimal(quantity) }
  const cost = costOnInvoices([invoice({ lineItems: [line], total: nzd('1.00') })], {
    prefix: 'w',
    match: 'STARTS_WITH',
  })
  expect(printLikeScript(cost).split('\n')[3]?.split('|')[3]?.trim()).toBe(printed)
})

it('takes the latest bill of the month alone, as the script does', () => {
  const [old, last] = ['2026-10-15', '2026-10-31'].map(date => {
    const nativeId = `p1/${date}`
    const lineItems = [{ ...resourceLine('web', '-1000.00'), documentId: nativeId, invoiceId: nativeId }]
    return invoice({ nativeId, issuedOn: date, lineItems, total: nzd('1.00') })
  })
  if (!old || !last) throw new Error('no bills')
  const text = printLikeScript(costOnInvoices([old, last], { prefix: '', match: 'STARTS_WITH' }))
  expect(text.split('\n').filter(row => row.startsWith('| web'))).toHaveLength(1)
  expect(text).toMatch(/for the month of \[2026-10-31\] is : \$-1000\.00\n$/)
})
