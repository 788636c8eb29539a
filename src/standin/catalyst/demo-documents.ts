import type { DocumentLine, ErpDocument } from './data.js'
import { type Activity, chance, demoActivities, hoursOf } from './demo-activity.js'
import type { DemoMonth } from './demo-calendar.js'
import { demoPrice } from './demo-prices.js'
import { QUANTITY_DIGITS, round } from './rounding.js'
import { formatDate } from './time.js'
import { productKey, titleCase } from './usage-cost.js'

const DAY_MS = 86_400_000
/** Months with a grant. */
const GRANT = { first: 3, last: 8 }
/** Months after an outage. */
const SLA_MONTHS: readonly number[] = [5, 12]
/** Month with a second document of the same bill date. */
const SUPPORT_MONTH = 6
/** Month with a credit note in the middle. */
const CREDIT_MONTH = 9

/** ERP documents of the demo project's closed months, oldest first. */
export function demoDocuments(seed: number, months: readonly DemoMonth[]): readonly ErpDocument[] {
  return months.flatMap(month => [
    ...(month.index === CREDIT_MONTH ? [creditNote(month)] : []),
    invoice(seed, month, months.length),
    ...(month.index === SUPPORT_MONTH ? [supportInvoice(month)] : []),
  ])
}

function invoice(seed: number, month: DemoMonth, count: number): ErpDocument {
  const age = count - 1 - month.index
  const usage = demoActivities(seed, month).map(toLine)
  return {
    billDate: lastDay(month),
    status: age < 2 ? 'not_paid' : age === 2 ? 'in_payment' : 'paid',
    lines: [...usage, ...discounts(seed, month)],
  }
}

/** Line of a document for the usage of one resource: hours, gigabyte-hours or gigabytes. */
function toLine({ resource, unit, volumeIn, ...period }: Activity): DocumentLine {
  const price = demoPrice(resource.service)
  const volume = volumeIn(hoursOf(period))
  const quantity = unit === 'second' ? volume / 3600 : unit === 'byte' ? volume / 1024 ** 3 : volume
  return {
    category: price.erpCategory ?? titleCase(price.category),
    product: productKey(price, { region: resource.region, driver: 'odoo', prices: undefined }),
    resourceName: resource.erpName ?? resource.name,
    quantity: round(quantity, QUANTITY_DIGITS),
    rate: price.rate,
    unit: price.unit || 'NZD',
  }
}

function discounts(seed: number, { index, start }: DemoMonth): readonly DocumentLine[] {
  const lines: DocumentLine[] = []
  if (index >= GRANT.first && index <= GRANT.last) {
    lines.push(discount('Discounts', 'cloud-dev-grant', 'Development Grant', 50))
  }
  if (SLA_MONTHS.includes(index)) {
    const day = 1 + Math.floor(chance(seed, 'outage', index) * 28)
    const date = formatDate(new Date(start.getTime() + (day - 1) * DAY_MS))
    const amount = round(5 + 20 * chance(seed, 'credit', index), 2)
    lines.push(discount('SLA Discount', 'sla-credit', `SLA credit ${date} outage`, amount))
  }
  return lines
}

function discount(category: string, product: string, resourceName: string, amount: number): DocumentLine {
  return { category, product, resourceName, quantity: 1, rate: -amount, unit: 'NZD' }
}

/** Document made by hand, with the bill date of the usage. */
function supportInvoice(month: DemoMonth): ErpDocument {
  const line = { category: 'Support', product: 'support-hours', resourceName: 'Migration of customer-acme' }
  return { billDate: lastDay(month), status: 'paid', lines: [{ ...line, quantity: 2.5, rate: 180, unit: 'NZD' }] }
}

/** Credit note for hours in which a billed server was down. */
function creditNote({ start }: DemoMonth): ErpDocument {
  const product = 'NZ-POR-1.c1.c1r2'
  const rate = demoPrice('c1.c1r2').rate
  const line = { category: 'Compute', product, resourceName: 'customer-acme-web', quantity: -250, rate, unit: 'hour' }
  return { billDate: formatDate(new Date(start.getTime() + 15 * DAY_MS)), status: 'paid', lines: [line] }
}

function lastDay({ end }: DemoMonth): string {
  return formatDate(new Date(end.getTime() - DAY_MS))
}
