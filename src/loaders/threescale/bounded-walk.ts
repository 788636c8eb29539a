import type { ReadPage } from './fitting-page.js'
import { INVOICES_PER_PAGE } from './invoice-walk.js'

/**
 * Pages that are read at most for an order, a filter or a total that 3scale does not support: ten thousand invoices. A walk takes
 * one call for each page that is not in the response cache.
 */
export const MAX_WALK_PAGES = 100

/** The list is too long for the gateway to sort, filter or add up. */
export class ListTooLongError extends Error {
  constructor() {
    super(
      `Too complex: 3scale cannot sort, filter or add up this list itself, and it has more than ${MAX_WALK_PAGES * INVOICES_PER_PAGE} invoices. Narrow it by month, state, number or buyer.`,
    )
    this.name = 'ListTooLongError'
  }
}

/** The function, which throws ListTooLongError instead of reading more pages than a walk may. */
export function boundReads(readPage: ReadPage): ReadPage {
  let read = 0
  return async question => {
    if (++read > MAX_WALK_PAGES) throw new ListTooLongError()
    return readPage(question)
  }
}
