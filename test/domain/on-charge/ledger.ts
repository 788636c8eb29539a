import { formatDecimal } from '../../../src/domain/decimal.js'
import type { Invoice, InvoiceState } from '../../../src/domain/invoice.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { parseMoney, sumMoney } from '../../../src/domain/money.js'
import type { OnChargePlan } from '../../../src/domain/on-charge/plan.js'
import type { OnChargeStep } from '../../../src/domain/on-charge/steps.js'
import { toPeriod, type YearMonth } from '../../../src/domain/period.js'
import { sumTaxedMoney } from '../../../src/domain/taxed-money.js'
import { invoice, line } from '../bills.js'

/** The invoices of one buyer, on which plans are carried out. */
export class Ledger {
  private ids = 1000

  constructor(
    readonly currency = 'NZD',
    public invoices: readonly Invoice[] = [],
  ) {}

  /** Adds an invoice. @returns its id */
  open(month: YearMonth, lines: readonly LineItem[] = []): string {
    const nativeId = String(++this.ids)
    const total = sumTaxedMoney([], this.currency)
    const common = { source: 'THREESCALE', nativeId, state: 'OPEN', period: toPeriod(month), total } as const
    const buyer = {
      kind: 'Buyer',
      source: 'THREESCALE',
      nativeId: '101',
      name: 'WCC',
      deleted: false,
      address: null,
    } as const
    this.invoices = [...this.invoices, invoice({ ...common, buyer, lineItems: lines })]
    return nativeId
  }

  /** Changes the state of all invoices that are not cancelled. */
  setStates(state: InvoiceState): void {
    this.invoices = this.invoices.map(one => (one.state === 'CANCELLED' ? one : { ...one, state }))
  }

  /** Carries a plan out, or its first writes. @returns the state of the invoice before each write */
  apply({ steps, target }: OnChargePlan, count = Number.POSITIVE_INFINITY): readonly InvoiceState[] {
    const invoiceId = target.invoiceId ?? this.open(target.month)
    const writes = steps.flatMap(step => writesOf(step, invoiceId)).slice(0, count)
    const states = writes.map(
      write => this.invoices.find(({ nativeId }) => nativeId === write.invoiceId)?.state ?? 'OPEN',
    )
    for (const write of writes) this.carryOut(write)
    return states
  }

  private carryOut({ step, invoiceId, removes, adds }: LedgerWrite): void {
    this.change(invoiceId, lines => {
      const left = removes ? lines.filter(({ nativeId }) => nativeId !== step.line?.lineItemId) : lines
      return adds ? [...left, this.lineOf(step, invoiceId)] : left
    })
  }

  /** The sum of all lines with a marker on invoices that are not cancelled. */
  get charged(): string {
    const billed = this.invoices.filter(({ state }) => state !== 'CANCELLED')
    const lines = billed.flatMap(({ lineItems }) => lineItems ?? []).filter(one => one.description?.includes('[bg1o:'))
    return formatDecimal(
      sumMoney(
        lines.map(({ cost }) => cost.net),
        this.currency,
      ),
    )
  }

  private change(invoiceId: string, change: (lines: readonly LineItem[]) => readonly LineItem[]): void {
    this.invoices = this.invoices.map(one =>
      one.nativeId === invoiceId ? { ...one, lineItems: change(one.lineItems ?? []) } : one,
    )
  }

  private lineOf({ name, description, marker, cost }: OnChargeStep, invoiceId: string): LineItem {
    const net = parseMoney(formatDecimal(cost), this.currency)
    const nativeId = String(++this.ids)
    return line({
      ...{ source: 'THREESCALE', documentId: invoiceId, invoiceId, nativeId, name },
      description: `${description} ${marker}`,
      cost: { net, tax: null, gross: null, taxRate: null, taxBasis: 'UNKNOWN' },
    })
  }
}

/** A line that is removed or added. */
interface LedgerWrite {
  readonly step: OnChargeStep
  readonly invoiceId: string
  readonly removes: boolean
  readonly adds: boolean
}

/** The writes of a step. */
function writesOf(step: OnChargeStep, target: string): readonly LedgerWrite[] {
  const invoiceId = step.line?.invoiceId ?? target
  const remove = { step, invoiceId, removes: true, adds: false }
  const add = { step, invoiceId, removes: false, adds: true }
  switch (step.action) {
    case 'KEEP':
      return []
    case 'REMOVE':
      return [remove]
    case 'REPLACE':
      return [remove, add]
    default:
      return [add]
  }
}
