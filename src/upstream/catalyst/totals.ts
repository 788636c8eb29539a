import type { Decimal } from '../../domain/decimal.js'
import type { LineItem } from '../../domain/line-item.js'
import { addMoney, type Money, roundToCents, subtractMoney, sumMoney, toMoney, zeroMoney } from '../../domain/money.js'
import type { Notice } from '../../domain/notice.js'
import {
  addTax,
  removeTax,
  statedTax,
  sumTaxedMoney,
  type TaxedMoney,
  type TaxRounding,
} from '../../domain/taxed-money.js'
import type { JsonNumber } from '../decoding/json-number.js'
import { decimalOf } from '../decoding/shape.js'
import type * as wire from './wire.js'

/** The total of an invoice, with GST stated or, for the old generation, computed. */
export function toInvoiceTotal(document: wire.Document, settings: MappingSettings): TaxedMoney {
  const stated = toAmount(document.total_cost, settings)
  if (document.total_cost_taxed !== undefined) {
    return statedTax(stated, toAmount(document.total_cost_taxed, settings), settings.taxRate)
  }
  // Without any category there is nothing to add up.
  if (document.details === undefined || document.details.length === 0)
    return removeTax(stated, settings.taxRate, settings.taxRounding)
  const categories = document.details.map(([, category]) => toAmount(category.total_cost, settings))
  return { ...statedTax(sumMoney(categories, settings.currency), stated, settings.taxRate), taxBasis: 'COMPUTED' }
}

/**
 * The total of a quotation, always stated without GST. ERP servers leave out the one with GST. It is then the sum of the
 * lines' own, each rounded to cents, as the other servers state it; without lines it is computed from the total.
 */
export function toQuotationTotal(
  document: wire.Document,
  lineItems: readonly LineItem[] | null,
  settings: MappingSettings,
): TaxedMoney {
  const net = toAmount(document.total_cost, settings)
  if (document.total_cost_taxed !== undefined) {
    return statedTax(net, toAmount(document.total_cost_taxed, settings), settings.taxRate)
  }
  if (lineItems === null) return addTax(net, settings.taxRate, settings.taxRounding)
  const { tax } = sumTaxedMoney(
    lineItems.map(line => line.cost),
    settings.currency,
  )
  const gross = addMoney(net, tax ?? zeroMoney(settings.currency))
  return { ...statedTax(net, gross, settings.taxRate), taxBasis: 'COMPUTED' }
}

/**
 * What is odd about a total: that it contradicts itself, that its tax was stated in the old way, or that it differs from
 * the sum of the lines. The figures stay as stated.
 */
export function noticesOfTotal(
  document: wire.Document,
  total: TaxedMoney,
  lineItems: readonly LineItem[] | null,
): readonly Notice[] {
  return [...contradiction(total), ...legacyTax(document), ...differenceToLines(total, lineItems)]
}

/** A notice for a total whose tax has the wrong sign: with tax it is nearer to zero than without, or on its other side. */
export function contradiction({ net, gross, tax }: TaxedMoney): readonly Notice[] {
  // The tax of a credit note is negative, as its net is.
  const isPlausible = tax === null || (net.digits < 0n ? tax.digits <= 0n : tax.digits >= 0n)
  if (gross === null || isPlausible) return []
  const message = 'The stated totals contradict each other: with tax it is less than without.'
  return [{ code: 'TOTAL_MISMATCH', message, difference: tax }]
}

/** The old generation stated the total with GST only, and no taxed members at all. */
function legacyTax(document: wire.Document): readonly Notice[] {
  if (document.total_cost_taxed !== undefined) return []
  const message = 'The invoice is from the time when totals were stated with GST only: net and tax are computed.'
  return [{ code: 'LEGACY_TAX', message, difference: null }]
}

function differenceToLines({ net }: TaxedMoney, lineItems: readonly LineItem[] | null): readonly Notice[] {
  if (!lineItems) return []
  const sum = sumMoney(
    lineItems.map(line => line.cost.net),
    net.currency,
  )
  const difference = subtractMoney(net, sum)
  if (difference.digits === 0n) return []
  const message = 'The total without tax as stated differs from the sum of the lines.'
  return [{ code: 'TOTAL_MISMATCH', message, difference }]
}

/** What responses do not state and the configuration does. */
export interface MappingSettings {
  /** Of every amount. */
  readonly currency: string
  /** GST as a fraction: 0.15. */
  readonly taxRate: Decimal
  readonly taxRounding: TaxRounding
  /** As Keystone spells them, to recognise them in product keys. */
  readonly regions: readonly string[]
}

/** An amount rounded to cents: sums that the server did not round come with noise far behind the cents. */
export function toAmount(number: JsonNumber, { currency }: Pick<MappingSettings, 'currency'>): Money {
  return roundToCents(toMoney(decimalOf(number), currency))
}
