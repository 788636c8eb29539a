import type { CustomerCost } from '../domain/customer-cost.js'
import { type Decimal, formatDecimal } from '../domain/decimal.js'
import { roundToCents, sumMoney } from '../domain/money.js'
import { formatTable } from './table.js'

/**
 * The output of the vendor's reference script, `separate-billing.py show --prefix`, to the byte: the lines of the latest bill of the
 * month in a left-aligned table, numbers as Python prints them, and their sum without tax under the date of the bill.
 */
export function printLikeScript({ prefix, invoices, lineItems, total }: CustomerCost): string {
  const bill = invoices.at(-1)
  const lines = lineItems.filter(line => line.invoiceId === bill?.nativeId)
  const rows = lines.map(({ resource, rate, quantity, unit, cost }) => [
    resource?.name ?? '',
    rate ? toPython(rate) : '',
    quantity ? toPython(quantity) : '',
    unit ?? '',
    toPython(cost.net),
  ])
  const table = formatTable(['resource_name', 'rate', 'quantity', 'unit', 'cost'], rows)
  // PrettyTable ends a table without rows with a border too.
  const border = rows.length === 0 ? table.slice(0, table.indexOf('\n') + 1) : ''
  const { currency } = total.net
  const sum = sumMoney(
    lines.map(line => line.cost.net),
    currency,
  )
  const month = bill?.issuedOn ?? bill?.period.month ?? ''
  const cost = formatDecimal(roundToCents(sum))
  return `${table}${border}Total cost of customer [${prefix}] for the month of [${month}] is : $${cost}\n`
}

/** The number as Python prints the float, or the whole number, that JSON has: `697.0`, `0.017`, `1e-05`. */
function toPython(value: Decimal): string {
  const text = formatDecimal(value)
  if (value.scale === 0) return text
  const short = text.replace(/0+$/, '').replace(/\.$/, '.0')
  const [, sign = '', zeros = '', digits = ''] = /^(-?)0\.(0{4,})([1-9]\d*)$/.exec(short) ?? []
  if (digits === '') return short
  const [first = '', rest = ''] = [digits.slice(0, 1), digits.slice(1)]
  const exponent = String(zeros.length + 1).padStart(2, '0')
  return `${sign}${first}${rest === '' ? '' : `.${rest}`}e-${exponent}`
}
