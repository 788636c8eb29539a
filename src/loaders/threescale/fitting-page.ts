import { UpstreamTooLargeError } from '../../upstream/http/errors.js'
import type { InvoicePage } from '../../upstream/threescale/billing.js'
import type { InvoicePageQuestion } from '../../upstream/threescale/reads.js'

/** Reads one page. */
export type ReadPage = (question: InvoicePageQuestion) => Promise<InvoicePage>

/** A page, and the question that it answers. */
export interface FittingPage {
  readonly question: InvoicePageQuestion
  readonly page: InvoicePage
}

/**
 * Reads a page, or the first part of it where the whole would be too large a response. Parts are pages of a size that divides the
 * size of the page, so that they begin where it begins, and the pages after them can be counted on.
 *
 * @param pageSize the size of pages that the number in the question counts; the server may return another than was requested
 * @throws UpstreamTooLargeError when a single invoice is too large, or the server does not return pages of the requested size
 */
export async function readFittingPage(
  readPage: ReadPage,
  question: InvoicePageQuestion,
  pageSize = question.perPage,
): Promise<FittingPage> {
  try {
    return { question, page: await readPage(question) }
  } catch (error) {
    if (!(error instanceof UpstreamTooLargeError) || pageSize <= 1) throw error
    const parts = smallestFactor(pageSize)
    const perPage = pageSize / parts
    const fitting = await readFittingPage(readPage, { ...question, page: (question.page - 1) * parts + 1, perPage })
    if (fitting.page.pagination.perPage !== fitting.question.perPage) throw error
    return fitting
  }
}

/** This page and those after it, in order. */
export async function* pagesFrom(readPage: ReadPage, first: FittingPage): AsyncGenerator<InvoicePage> {
  let { question, page } = first
  yield page
  // The number of pages is taken from every page, because the list can grow while it is read.
  while (page.pagination.currentPage < page.pagination.totalPages) {
    const { currentPage, perPage } = page.pagination
    const next = await readFittingPage(readPage, { ...question, page: currentPage + 1 }, perPage)
    question = next.question
    page = next.page
    yield page
  }
}

/** @param size at least 2 */
function smallestFactor(size: number): number {
  let factor = 2
  while (size % factor !== 0) factor++
  return factor
}
