import { type Decimal, formatDecimal, multiplyDecimals, roundDecimal } from '../decimal.js'
import { formatGlobalId } from '../global-id.js'
import type { Invoice, InvoiceState } from '../invoice.js'
import { addMoney, type Money, subtractMoney, sumMoney, toMoney, zeroMoney } from '../money.js'
import type { LocalDate } from '../period.js'
import type { CsvCell } from './csv.js'
import type { ExportRow, ExportTable } from './export-table.js'

/** What Xero's import requires and 3scale does not know. */
export interface XeroSettings {
  /** The code of the revenue account in Xero's chart of accounts. */
  readonly accountCode: string
  /** The name of the tax rate in Xero, for invoices with tax. */
  readonly taxType: string
  /** The name of the tax rate in Xero, for invoices without tax. */
  readonly untaxedType: string
}

/** The columns of the sales-invoice file that Xero imports. An asterisk marks those that it requires. */
const COLUMNS = [
  '*ContactName',
  'EmailAddress',
  'POAddressLine1',
  'POAddressLine2',
  'POAddressLine3',
  'POAddressLine4',
  'POCity',
  'PORegion',
  'POPostalCode',
  'POCountry',
  '*InvoiceNumber',
  'Reference',
  '*InvoiceDate',
  '*DueDate',
  'Total',
  'InventoryItemCode',
  '*Description',
  '*Quantity',
  '*UnitAmount',
  'Discount',
  '*AccountCode',
  '*TaxType',
  'TaxAmount',
  'TrackingName1',
  'TrackingOption1',
  'TrackingName2',
  'TrackingOption2',
  'Currency',
  'BrandingTheme',
] as const

type Column = (typeof COLUMNS)[number]

/** States of issued invoices. Open and finalized ones can still change. */
const ISSUED: ReadonlySet<InvoiceState> = new Set(['PENDING', 'UNPAID', 'PAID', 'FAILED'])

const DECIMALS: ReadonlySet<Column> = new Set(['Total', '*Quantity', '*UnitAmount', 'TaxAmount'])

/**
 * Issued 3scale invoices as Xero imports sales invoices, one row per line. Xero rounds to cents, so each line is rounded and a
 * line named Rounding has the rest: amounts and tax amounts of an invoice add up to its total with tax as stated.
 */
export function xeroTable(settings: XeroSettings): ExportTable {
  return {
    columns: COLUMNS.map(name => ({ name, type: DECIMALS.has(name) ? 'Decimal' : 'Text' })),
    sumOf: 'UnitAmount + TaxAmount',
    rowsOf(invoice) {
      if (invoice.source !== 'THREESCALE' || !ISSUED.has(invoice.state)) return []
      const common = commonColumns(invoice, settings)
      return chargesOf(invoice).map(charge => toRow(common, charge))
    },
  }
}

interface Charge {
  readonly description: string
  readonly amount: Money
  readonly tax: Money
}

/** The lines in cents, and what is left of the total. */
function chargesOf({ lineItems, total }: Invoice): readonly Charge[] {
  const { currency } = total.net
  const lines = (lineItems ?? []).map(({ name, description, quantity, cost: { net } }): Charge => {
    const details = [description, quantity && `quantity ${formatDecimal(quantity)}`].filter(part => part).join(', ')
    return {
      description: details === '' ? name : `${name} (${details})`,
      amount: toCents(net, currency),
      tax: toCents(multiplyDecimals(net, total.taxRate ?? NO_TAX), currency),
    }
  })
  const gross = total.gross ?? total.net
  const tax = toCents(total.tax ?? zeroMoney(currency), currency)
  const amount = subtractMoney(gross, tax)
  const rounding: Charge = {
    description: 'Rounding',
    amount: subtractMoney(
      amount,
      sumMoney(
        lines.map(line => line.amount),
        currency,
      ),
    ),
    tax: subtractMoney(
      tax,
      sumMoney(
        lines.map(line => line.tax),
        currency,
      ),
    ),
  }
  return rounding.amount.digits === 0n && rounding.tax.digits === 0n ? lines : [...lines, rounding]
}

const NO_TAX: Decimal = { digits: 0n, scale: 0 }
const ONE: Decimal = { digits: 1n, scale: 0 }

/** Halves away from zero, as 3scale and Xero round. */
function toCents(amount: Decimal, currency: string): Money {
  return toMoney(roundDecimal(amount, 2, 'HALF_AWAY_FROM_ZERO'), currency)
}

type Columns = Readonly<Partial<Record<Column, CsvCell>>>

function toRow(common: Columns, { description, amount, tax }: Charge): ExportRow {
  const values: Columns = {
    ...common,
    '*Description': description,
    '*Quantity': ONE,
    '*UnitAmount': amount,
    TaxAmount: tax,
  }
  return { cells: COLUMNS.map(name => values[name] ?? null), ledger: 'REVENUE', amount: addMoney(amount, tax) }
}

function commonColumns(invoice: Invoice, { accountCode, taxType, untaxedType }: XeroSettings): Columns {
  const { buyer, number, nativeId, issuedOn, dueOn, period, total } = invoice
  const [line1 = null, line2 = null, line3 = null, line4 = null] = buyer.address?.lines ?? []
  const date = issuedOn ?? period.start
  return {
    '*ContactName': buyer.name ?? `Deleted account ${buyer.nativeId}`,
    POAddressLine1: line1,
    POAddressLine2: line2,
    POAddressLine3: line3,
    POAddressLine4: line4,
    POCity: buyer.address?.city ?? null,
    PORegion: buyer.address?.state ?? null,
    POPostalCode: buyer.address?.postalCode ?? null,
    POCountry: buyer.address?.country ?? null,
    '*InvoiceNumber': number ?? nativeId,
    Reference: `${formatGlobalId(invoice)} REVENUE`,
    '*InvoiceDate': toXeroDate(date),
    '*DueDate': toXeroDate(dueOn ?? date),
    Total: total.gross,
    '*AccountCode': accountCode,
    '*TaxType': total.tax && total.tax.digits !== 0n ? taxType : untaxedType,
    Currency: total.net.currency,
  }
}

/** `DD/MM/YYYY`, as Xero reads dates outside of the United States. */
function toXeroDate(day: LocalDate): string {
  return day.split('-').reverse().join('/')
}
