import type { Invoice } from '../domain/invoice.js'
import { ALL_INVOICES } from '../domain/invoice-filter.js'
import type { YearMonth } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'
import type { Loaders } from './loaders.js'

/**
 * All visible invoices of a month with their lines, system by system, in the order that each system returns them. They are read as
 * far as they are consumed, and 3scale's are not remembered, so that a month of any length takes little memory.
 *
 * @throws the error of any system that cannot be read
 */
export async function* invoicesOfMonth(
  loaders: Loaders,
  sources: readonly BillingSource[],
  month: YearMonth,
): AsyncGenerator<Invoice> {
  const filter = { ...ALL_INVOICES, sources, from: month, to: month }
  const { catalyst } = sources.includes('CATALYST') ? loaders : { catalyst: null }
  for (const source of (await catalyst?.invoiceSources(filter)) ?? []) yield* source.all('PERIOD_ASC')
  const { threescale } = sources.includes('THREESCALE') ? loaders : { threescale: null }
  if (threescale) yield* threescale.streamMonth(month)
}
