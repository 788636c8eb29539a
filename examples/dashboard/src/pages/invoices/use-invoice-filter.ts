import { useSearchParams } from 'wouter'
import type { BillingSource, InvoiceFilter, InvoiceOrder, InvoiceState, Ledger } from '../../gql/graphql.ts'
import { STATES } from './invoice-state.tsx'

/** What the address of the list says: each value as text, empty for none. */
export interface ListParameters {
  readonly ledger: string
  readonly source: string
  readonly states: readonly string[]
  readonly from: string
  readonly to: string
  readonly buyerName: string
  readonly number: string
  readonly overdue: boolean
  readonly order: InvoiceOrder
  readonly after: string
  readonly before: string
}

/** The orders of the list, in words. */
export const ORDERS = {
  PERIOD_DESC: 'Newest month first',
  PERIOD_ASC: 'Oldest month first',
  ISSUED_DESC: 'Latest issue first',
  DUE_ASC: 'Earliest due first',
  AMOUNT_DESC: 'Highest amount first',
  AMOUNT_ASC: 'Lowest amount first',
} as const satisfies Partial<Record<InvoiceOrder, string>>

/** The rows of a page. */
export const PAGE_SIZE = 25

/** Changes parameters; an empty text removes one. Any change but of the page goes back to the first page. */
export type SetParameters = (changes: Readonly<Record<string, string>>) => void

/** The parameters in the address, so that a link shows the same list. */
export function useInvoiceFilter(): readonly [ListParameters, SetParameters] {
  const [search, setSearch] = useSearchParams()
  const text = (name: string): string => search.get(name) ?? ''
  const order = text('order')
  const parameters: ListParameters = {
    ledger: text('ledger'),
    source: text('source'),
    states: text('states').split(',').filter(Boolean),
    from: text('from'),
    to: text('to'),
    buyerName: text('buyer'),
    number: text('number'),
    overdue: text('overdue') === 'true',
    order: Object.hasOwn(ORDERS, order) ? (order as InvoiceOrder) : 'PERIOD_DESC',
    after: text('after'),
    before: text('before'),
  }
  const set: SetParameters = changes =>
    setSearch(old => {
      const next = new URLSearchParams(old)
      for (const name of ['after', 'before']) next.delete(name)
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') next.delete(name)
        else next.set(name, value)
      }
      return next
    })
  return [parameters, set]
}

/** The variables of the list's query. A state that the graph does not know is left out; of other values the graph says what is wrong. */
export function variablesOf(parameters: ListParameters) {
  const { order, after, before } = parameters
  const page = before === '' ? { first: PAGE_SIZE, ...(after !== '' && { after }) } : { last: PAGE_SIZE, before }
  return { filter: filterOf(parameters), orderBy: order, ...page }
}

function filterOf({ ledger, source, states, from, to, buyerName, number, overdue }: ListParameters): InvoiceFilter {
  const known = states.filter(state => Object.hasOwn(STATES, state))
  return {
    ...(ledger !== '' && { ledger: ledger as Ledger }),
    ...(source !== '' && { source: source as BillingSource }),
    ...(known.length > 0 && { states: known as InvoiceState[] }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    ...(buyerName !== '' && { buyerName }),
    ...(number !== '' && { number }),
    ...(overdue && { overdue }),
  }
}
