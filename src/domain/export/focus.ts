import { formatGlobalId } from '../global-id.js'
import type { Invoice } from '../invoice.js'
import { subtractMoney, sumMoney, toMoney, zeroMoney } from '../money.js'
import type { LocalDate } from '../period.js'
import type { Quotation } from '../quotation.js'
import { ledgerOf } from '../source.js'
import type { CsvCell } from './csv.js'
import type { CustomerTag } from './customer-tags.js'
import type { BillTable, ExportRow, RowContext } from './export-table.js'
import { type FocusCharge, plainCharge, toCharge } from './focus-charge.js'
import { FOCUS_COLUMNS, type FocusColumnName } from './focus-columns.js'

/**
 * Bills as FOCUS 1.2. The sum of BilledCost over the rows of a bill is its total with tax as stated: besides its lines there is a
 * row for its tax, and one for each difference between its parts and its total. Cancelled invoices are left out.
 */
export const FOCUS: BillTable = {
  columns: FOCUS_COLUMNS.map(({ name, type }) => ({ name, type: type === 'DateTime' ? 'Text' : type })),
  sumOf: 'BilledCost',
  rowsOf(invoice, context) {
    if (invoice.state === 'CANCELLED') return []
    return toRows(invoice, context, { ...columnsOfBill(invoice, context), ...columnsOfInvoice(invoice) })
  },
  rowsOfQuotation(quotation, context) {
    return toRows(quotation, context, { ...columnsOfBill(quotation, context), ...columnsOfQuotation(quotation) })
  },
}

function toRows(bill: Invoice | Quotation, { tags }: RowContext, common: Columns): readonly ExportRow[] {
  const lines = (bill.lineItems ?? []).map(line =>
    toRow(bill, common, toCharge(line), { Tags: formatTags(tags(line)), x_CostTaxed: line.cost.gross }),
  )
  return [...lines, ...remainders(bill).map(charge => toRow(bill, common, charge, {}))]
}

/** What the lines leave of the bill's total with tax: charges that are not listed, the tax, and rounding. */
function remainders({ total, lineItems }: Invoice | Quotation): readonly FocusCharge[] {
  const { net, tax, gross } = total
  const { currency } = net
  const listed = sumMoney(
    (lineItems ?? []).map(line => line.cost.net),
    currency,
  )
  const known = tax ?? zeroMoney(currency)
  const rest = gross ? subtractMoney(subtractMoney(gross, net), known) : zeroMoney(currency)
  const all = [
    plainCharge('Adjustment', 'Charges that the billing system does not list', subtractMoney(net, listed)),
    plainCharge('Tax', 'Tax', known),
    plainCharge('Adjustment', 'Rounding of the total with tax', rest),
  ]
  return all.filter(({ BilledCost }) => BilledCost.digits !== 0n)
}

type Columns = Readonly<Partial<Record<FocusColumnName, CsvCell>>>

function toRow({ source, total }: Invoice | Quotation, common: Columns, charge: FocusCharge, own: Columns): ExportRow {
  const values: Columns = { ...common, ...charge, ...own }
  return {
    cells: FOCUS_COLUMNS.map(({ name }) => values[name] ?? null),
    ledger: ledgerOf(source),
    amount: toMoney(charge.BilledCost, total.net.currency),
  }
}

function columnsOfBill(bill: Invoice | Quotation, { taxRounding, account }: RowContext): Columns {
  const { source, period, provider, buyer, total } = bill
  const [start, end] = [atMidnight(period.start), atMidnight(period.endExclusive)]
  return {
    BillingAccountId: account ?? buyer.nativeId,
    BillingAccountName: account ?? buyer.name,
    BillingCurrency: total.net.currency,
    BillingPeriodStart: start,
    BillingPeriodEnd: end,
    ChargePeriodStart: start,
    ChargePeriodEnd: end,
    InvoiceIssuerName: provider.name,
    ProviderName: provider.name,
    PublisherName: provider.name,
    ...(source === 'CATALYST'
      ? { SubAccountId: buyer.nativeId, SubAccountName: buyer.name, SubAccountType: 'Project' }
      : {}),
    x_Source: source,
    x_Ledger: ledgerOf(source),
    x_TaxBasis: total.taxBasis,
    x_TaxRounding: taxRounding,
    x_AsOf: toSeconds(bill.asOf),
    x_Stale: String(bill.stale),
  }
}

function columnsOfInvoice(invoice: Invoice): Columns {
  const { nativeId, number, state, creationType, paidAt, paymentCount } = invoice
  return {
    InvoiceId: number ?? nativeId,
    x_Basis: 'INVOICE',
    x_InvoiceKey: formatGlobalId(invoice),
    x_InvoiceIdSynthetic: String(number === null),
    x_State: state,
    x_PaidAt: toSeconds(paidAt),
    x_PaymentCount: paymentCount === null ? null : { digits: BigInt(paymentCount), scale: 0 },
    x_CreationType: creationType,
  }
}

/** A quotation charges until it was read. It has no invoice yet. */
function columnsOfQuotation({ asOf }: Quotation): Columns {
  return { ChargePeriodEnd: nextSecond(asOf), x_Basis: 'QUOTATION', x_InvoiceIdSynthetic: 'false' }
}

function formatTags(tag: CustomerTag | null): string | null {
  if (tag === null) return null
  return JSON.stringify({ customer: tag.customer, ...(tag.prefix === null ? {} : { prefix: tag.prefix }) })
}

function atMidnight(day: LocalDate): string {
  return `${day}T00:00:00Z`
}

/** FOCUS has no fractions of a second. */
function toSeconds(instant: string | null): string | null {
  return instant?.replace(/\.\d+Z$/, 'Z') ?? null
}

/** The end of a period is exclusive, so that it includes the second of the instant. */
function nextSecond(instant: string): string | null {
  return toSeconds(new Date(Date.parse(instant) + 1000).toISOString())
}
