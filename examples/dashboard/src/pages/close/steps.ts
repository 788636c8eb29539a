import { monthName, runningMonth } from '../../frame/use-month.ts'
import type { DashboardCloseQuery, DashboardReconciliationQuery, DashboardSourcesQuery } from '../../gql/graphql.ts'
import type { Origin } from '../../graph/use-answer.ts'
import { isZero, negated } from '../../money/decimal.ts'
import { gapsInWords } from '../../money/gaps.ts'
import { type Money, restOf, sumByCurrency } from '../../money/money.ts'

/** A step of the close. */
export interface Step {
  readonly id: string
  readonly title: string
  /** Unknown while its figures are missing. */
  readonly state: 'done' | 'open' | 'unknown'
  /** What keeps it from being done, in words; what shows that it is done. */
  readonly text: string
  /** The amount that keeps it from being done, by currency; the rows sum to it. */
  readonly gap: readonly Money[]
  readonly rows: readonly Row[]
  /** When the oldest of the documents behind the gap was returned. */
  readonly asOf?: string | undefined
  /** The query that the amounts are from. */
  readonly from: keyof Origins
  /** Where it is settled. */
  readonly action?: { readonly label: string; readonly href: string }
}

/** What a gap consists of. */
export interface Row {
  readonly label: string
  readonly money: Money
  readonly href?: string
  readonly asOf?: string
  readonly isStale?: boolean
}

/** The queries of the page. */
export interface Origins {
  readonly close: Origin
  readonly reconciliation: Origin
}

interface Data {
  readonly month: string
  readonly close: DashboardCloseQuery
  readonly reconciliation: DashboardReconciliationQuery | undefined
  /** The billing systems that the gateway has; null if the caller may not know. */
  readonly systems: readonly System[] | null
}

type System = DashboardSourcesQuery['sources'][number]['source']

type OpenInvoices = DashboardCloseQuery['notIssued']

/** The steps of the close of a month, in the order in which they are settled. */
export function stepsOf({ month, close, reconciliation, systems }: Data): readonly Step[] {
  const lacks = (system: System): boolean => systems?.includes(system) === false
  return [
    overStep(month),
    lacks('CATALYST') ? withoutSystem(BILL_STEP, 'Catalyst Cloud') : billStep(close),
    freshStep(close),
    lacks('CATALYST') ? withoutSystem(ALLOCATED_STEP, 'Catalyst Cloud') : allocatedStep(month, close),
    lacks('CATALYST') || lacks('THREESCALE')
      ? withoutSystem(ON_CHARGED_STEP, lacks('CATALYST') ? 'Catalyst Cloud' : '3scale')
      : onChargedStep(month, reconciliation),
    ...(['issued', 'paid'] as const).map(id =>
      lacks('THREESCALE')
        ? withoutSystem({ id, title: INVOICE_STEPS[id].title }, '3scale')
        : invoiceStep(id, month, id === 'issued' ? close.notIssued : close.notPaid),
    ),
    incidentStep(close),
  ]
}

const NOTHING = { gap: [], rows: [], from: 'close' } as const

const BILL_STEP = { id: 'bill', title: 'The bill of Catalyst Cloud is there' } as const
const ALLOCATED_STEP = { id: 'allocated', title: 'Every line has a customer or a pool' } as const
const ON_CHARGED_STEP = { id: 'on-charged', title: 'All cost is on-charged' } as const

/** A step that has nothing to settle, because the gateway does not have the system. */
function withoutSystem(step: Pick<Step, 'id' | 'title'>, name: string): Step {
  return { ...NOTHING, ...step, state: 'done', text: `Nothing to do: ${name} is not configured on this gateway.` }
}

function overStep(month: string): Step {
  const isOver = month < runningMonth()
  const text = isOver
    ? `${monthName(month)} has ended.`
    : 'It is still running: its cost is a quotation, and not final.'
  return { ...NOTHING, id: 'over', title: 'The month is over', state: isOver ? 'done' : 'open', text }
}

function billStep({ costs }: DashboardCloseQuery): Step {
  const count = costs?.totalCount
  const step = { ...NOTHING, ...BILL_STEP }
  if (count === null || count === undefined)
    return { ...step, state: 'unknown', text: 'The bills of Catalyst Cloud could not be read.' }
  if (count === 0) return { ...step, state: 'open', text: 'There is none yet. It comes after the month has ended.' }
  return { ...step, state: 'done', text: count === 1 ? 'One document.' : `${count} documents.` }
}

function freshStep({ costs, revenues, costAllocation }: DashboardCloseQuery): Step {
  const isMissing = [costs, revenues].some(list => !list || list.unavailable.length > 0)
  const documents = [...(costs?.nodes ?? []), ...(revenues?.nodes ?? []), ...(costAllocation ? [costAllocation] : [])]
  const isStale = documents.some(({ stale }) => stale)
  const text = isMissing
    ? 'A billing system did not answer. Ask again later.'
    : isStale
      ? 'A billing system failed, and older data is shown. Ask again later.'
      : 'Every configured billing system answered.'
  return { ...NOTHING, id: 'fresh', title: 'No figure is stale', state: isMissing || isStale ? 'open' : 'done', text }
}

/** Pools that the registry keeps for the company are no gap. */
function allocatedStep(month: string, { costAllocation }: DashboardCloseQuery): Step {
  const step = { ...NOTHING, ...ALLOCATED_STEP, asOf: costAllocation?.asOf }
  if (!costAllocation) return { ...step, state: 'unknown', text: 'There is no bill to divide.' }
  const own = costAllocation.pools.filter(({ policy }) => policy === 'UNALLOCATED').map(({ cost }) => cost)
  const gap = withoutZero(restOf([costAllocation.unallocated.net], own))
  if (gap.length === 0)
    return {
      ...step,
      state: 'done',
      text: `The whole bill of ${costAllocation.buyer.name ?? costAllocation.buyer.nativeId} is divided.`,
    }
  return {
    ...step,
    state: 'open',
    text: 'Lines that neither a customer nor a pool of the registry matches. Add a claim or a pool to CUSTOMERS_FILE.',
    gap,
    action: { label: 'Show the allocation', href: `/allocation?month=${month}` },
  }
}

function onChargedStep(month: string, data: DashboardReconciliationQuery | undefined): Step {
  const step = { ...NOTHING, ...ON_CHARGED_STEP, from: 'reconciliation' } as const
  const customers = data?.reconciliation?.customers
  if (!customers) return { ...step, state: 'unknown', text: 'The month cannot be compared yet.' }
  if (customers.length === 0)
    return { ...step, state: 'unknown', text: 'No customer is registered: set CUSTOMERS_FILE on the gateway.' }
  const unknown = customers.flatMap(unknownOf)
  const notKnown = unknown.length > 0 ? `Not known: ${unknown.join('; ')}.` : ''
  const rows = customers.flatMap(({ customer, differences }) =>
    differences
      .filter(({ cause }) => cause === 'NOT_ON_CHARGED' || cause === 'CHANGED_SINCE')
      .map(({ amount }) => ({
        label: customer.name ?? customer.prefix,
        money: { ...amount, amount: negated(amount.amount) },
        ...(customer.key && { href: `/on-charge?month=${month}&customer=${encodeURIComponent(customer.key)}` }),
      })),
  )
  if (rows.length > 0) {
    const text = `Cost of customers that no invoice line bills, or that changed since. ${notKnown}`
    return { ...step, state: 'open', text, rows, gap: sumByCurrency(rows.map(({ money }) => money)) }
  }
  if (notKnown !== '') return { ...step, state: 'unknown', text: notKnown }
  return { ...step, state: 'done', text: 'Each customer was billed for its cost.' }
}

type Reconciled = NonNullable<DashboardReconciliationQuery['reconciliation']>['customers'][number]

/** Why it is not known whether a customer's cost is on-charged; nothing if it is, or if the customer has no cost in the month. */
function unknownOf({ customer, cost, onCharged, differences, gaps }: Reconciled): readonly string[] {
  if (!cost && gaps.some(gap => gap === 'NO_COST' || gap === 'REGISTRY_GAP')) return []
  const currency = differences.find(({ cause }) => cause === 'CURRENCY')
  if (cost && onCharged && !currency) return []
  return [`${customer.name ?? customer.prefix}, ${currency?.message ?? (gapsInWords(gaps) || 'no figures')}`]
}

const INVOICE_STEPS = {
  issued: {
    title: 'All invoices are issued',
    done: 'No invoice is open.',
    open: 'Invoices that are open or under review.',
    states: 'OPEN,FINALIZED',
  },
  paid: {
    title: 'All invoices are paid',
    done: 'No issued invoice is waiting for its payment.',
    open: 'Invoices that are issued and not paid, or in a state that is not known.',
    states: 'PENDING,UNPAID,FAILED,UNKNOWN',
  },
} as const

function invoiceStep(id: keyof typeof INVOICE_STEPS, month: string, invoices: OpenInvoices): Step {
  const { title, done, open, states } = INVOICE_STEPS[id]
  const step = { ...NOTHING, id, title }
  const count = invoices?.totalCount
  if (!invoices?.total || typeof count !== 'number')
    return { ...step, state: 'unknown', text: 'The invoices of 3scale could not be read.' }
  if (count === 0) return { ...step, state: 'done', text: done }
  const gap = invoices.total.map(({ net }) => net)
  const rows = invoices.nodes.map(invoice => ({
    label: `${invoice.number ?? invoice.id}, ${invoice.buyer.name ?? invoice.buyer.nativeId}`,
    money: invoice.total.net,
    href: `/invoices/${encodeURIComponent(invoice.id)}`,
    asOf: invoice.asOf,
    isStale: invoice.stale,
  }))
  const href = `/invoices?ledger=REVENUE&states=${states}&from=${month}&to=${month}`
  return {
    ...step,
    state: 'open',
    text: `${open} ${count} in all.`,
    gap,
    asOf: oldest(rows),
    rows: [...rows, ...restRows(count - rows.length, gap, rows, href)],
    action: { label: 'Show them in the list', href },
  }
}

/** The rest of a list of which only the first page is shown, so that the rows add up to the gap: a row for each currency. */
function restRows(count: number, gap: readonly Money[], rows: readonly Row[], href: string): readonly Row[] {
  if (count <= 0) return []
  const rest = restOf(
    gap,
    rows.map(({ money }) => money),
  )
  return withoutZero(rest).map(money => ({ label: `${count} more`, money, href }))
}

function incidentStep({ incidents }: DashboardCloseQuery): Step {
  const step = { ...NOTHING, id: 'incidents', title: 'No write waits for a decision' }
  if (!incidents) return { ...step, state: 'unknown', text: 'Your key does not show writes.' }
  if (incidents.length === 0) return { ...step, state: 'done', text: 'The outcome of every write is known.' }
  const [first] = incidents
  const text = `${incidents.length} writes have an outcome that a person has to find out: ${first?.operation}, ${first?.message}`
  return { ...step, state: 'open', text }
}

function withoutZero(amounts: readonly Money[]): readonly Money[] {
  return amounts.filter(({ amount }) => !isZero(amount))
}

function oldest(rows: readonly Row[]): string | undefined {
  return rows.flatMap(({ asOf }) => asOf ?? []).toSorted()[0]
}
