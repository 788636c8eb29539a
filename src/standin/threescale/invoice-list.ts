import type { InvoiceRecord, ThreescaleData } from './data.js'
import type { Generation } from './generation.js'
import { lastValue, leadingInteger } from './pagination.js'

/** Invoices of a list in its order, before pagination. */
export function selectInvoices(
  invoices: readonly InvoiceRecord[],
  query: URLSearchParams,
  data: ThreescaleData,
  generation: Generation,
): readonly InvoiceRecord[] {
  const matching = invoices.filter(invoiceFilter(query, generation))
  if (generation === 'main') return matching.toSorted((a, b) => a.id - b.id)
  const newestFirst = matching.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id)
  const key = sortKey(lastValue(query, 'sort'), data)
  if (!key) return newestFirst
  const direction = lastValue(query, 'direction') === 'desc' ? -1 : 1
  // The sort is stable: invoices with an equal key stay newest first.
  return newestFirst.toSorted((a, b) => direction * compareText(key(a), key(b)))
}

type InvoiceTest = (invoice: InvoiceRecord) => boolean

/** Filter name → predicate for a value that is not blank. */
const filters: Readonly<Record<string, (value: string) => InvoiceTest>> = {
  state: value => invoice => invoice.state === value,
  // An invalid month matches no period: the list is empty, without an error.
  month: value => invoice => invoice.period === value,
  number: value => {
    const pattern = new RegExp(`^${value.split('*').map(RegExp.escape).join('.*')}$`, 's')
    return invoice => pattern.test(invoice.friendlyId)
  },
  year: value => invoice => leadingInteger(invoice.period.slice(0, 4)) === leadingInteger(value),
  month_number: value => invoice => leadingInteger(invoice.period.slice(5)) === leadingInteger(value),
}

function invoiceFilter(query: URLSearchParams, generation: Generation): InvoiceTest {
  const isNested = generation === 'released' && [...query.keys()].some(name => name.startsWith('search['))
  const tests = Object.entries(filters).flatMap(([name, test]) => {
    const value = lastValue(query, isNested ? `search[${name}]` : name)
    return value?.trim() ? [test(value)] : []
  })
  return invoice => tests.every(test => test(invoice))
}

function sortKey(sort: string | undefined, data: ThreescaleData): ((invoice: InvoiceRecord) => string) | undefined {
  switch (sort) {
    case 'friendly_id':
      return invoice => invoice.friendlyId
    case 'period':
      return invoice => invoice.period
    case 'state':
      return invoice => invoice.state
    case 'accounts.org_name': {
      const names = new Map(data.buyers.map(buyer => [buyer.id, buyer.isDeleted ? '' : buyer.orgName.toLowerCase()]))
      return invoice => names.get(invoice.buyerId) ?? ''
    }
    default:
      return undefined
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
