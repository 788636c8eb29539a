import { formatGlobalId } from '../global-id.js'
import type { Invoice } from '../invoice.js'
import { subtractMoney, sumMoney, toMoney, zeroMoney } from '../money.js'
import type { LocalDate } from '../period.js'
import { ledgerOf } from '../source.js'
import type { CsvCell } from './csv.js'
import type { CustomerTag } from './customer-tags.js'
import type { ExportRow, ExportTable } from './export-table.js'
import { type FocusCharge, plainCharge, toCharge } from './focus-charge.js'
import { FOCUS_COLUMNS, type FocusColumnName } from './focus-columns.js'

/**
 * Invoices as FOCUS 1.2. The sum of BilledCost over the rows of an invoice is its total with tax as stated: besides its lines there
 * is a row for its tax, and one for each difference between its parts and its total. Cancelled invoices are left out.
 */
export const FOCUS: ExportTable = {
  columns: FOCUS_COLUMNS.map(({ name, type }) => ({ name, type: type === 'DateTime' ? 'Text' : type })),
  sumOf: 'BilledCost',
  rowsOf(invoice, tags) {
    if (invoice.state === 'CANCELLED') return []
    const common = commonColumns(invoice)
    const lines = (invoice.lineItems ?? []).map(line =>
      toRow(invoice, common, toCharge(line), { Tags: formatTags(tags(line)), x_CostTaxed: line.cost.gross }),
    )
    return [...lines, ...remainders(invoice).map(charge => toRow(invoice, common, charge, {}))]
  },
}

/** What the lines leave of the invoice's total with tax: charges that are not listed, the tax, and rounding. */
function remainders({ total, lineItems }: Invoice): readonly FocusCharge[] {
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

function toRow(invoice: Invoice, common: Columns, charge: FocusCharge, own: Columns): ExportRow {
  const values: Columns = { ...common, ...charge, ...own }
  return {
    cells: FOCUS_COLUMNS.map(({ name }) => values[name] ?? null),
    ledger: ledgerOf(invoice.source),
    amount: toMoney(charge.BilledCost, invoice.total.net.currency),
  }
}

function commonColumns(invoice: Invoice): Columns {
  const { source, nativeId, number, period, provider, buyer, total, state, creationType } = invoice
  const [start, end] = [atMidnight(period.start), atMidnight(period.endExclusive)]
  const account = { id: buyer.nativeId, name: buyer.name }
  return {
    BillingAccountId: account.id,
    BillingAccountName: account.name,
    BillingCurrency: total.net.currency,
    BillingPeriodStart: start,
    BillingPeriodEnd: end,
    ChargePeriodStart: start,
    ChargePeriodEnd: end,
    InvoiceId: number ?? nativeId,
    InvoiceIssuerName: provider.name,
    ProviderName: provider.name,
    PublisherName: provider.name,
    ...(source === 'CATALYST'
      ? { SubAccountId: account.id, SubAccountName: account.name, SubAccountType: 'Project' }
      : {}),
    x_Source: source,
    x_Ledger: ledgerOf(source),
    x_TaxBasis: total.taxBasis,
    x_InvoiceKey: formatGlobalId(invoice),
    x_InvoiceIdSynthetic: String(number === null),
    x_State: state,
    x_PaidAt: toSeconds(invoice.paidAt),
    x_HasPayments: String(invoice.hasPayments),
    x_CreationType: creationType,
    x_AsOf: toSeconds(invoice.asOf),
    x_Stale: String(invoice.stale),
  }
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
