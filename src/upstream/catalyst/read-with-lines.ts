import { addMonths, firstDayOf, monthOf, monthsBetween } from '../../domain/period.js'
import { combineProvenance } from '../cache/fetched.js'
import { UpstreamStatusError } from '../http/errors.js'
import type { InvoiceReader, InvoicesQuestion } from './invoice-ranges.js'

/** What a range of bills was answered with. */
export type ReadRange = Awaited<ReturnType<InvoiceReader['read']>>

/**
 * Bills with their lines, as far as the server can tell them.
 *
 * A server whose cache mixed up the two flavours sends none: it is asked once more, past its cache. One line of a product that
 * is no longer sold makes the server fail for the whole range: the range is halved until the month of that line is found,
 * which then comes without lines.
 */
export async function readWithLines(reader: InvoiceReader, question: InvoicesQuestion): Promise<ReadRange> {
  try {
    return await readPastCache(reader, question)
  } catch (error) {
    if (!isServerFault(error)) throw error
    // The summary looks at no product: where it fails as well, the server is ill and nothing is to be found.
    const summary = await reader.read({ ...question, detailed: false })
    return readAround(reader, question, summary)
  }
}

async function readPastCache(reader: InvoiceReader, question: InvoicesQuestion): Promise<ReadRange> {
  const read = await reader.read(question)
  const isMixedUp = read.answer.invoices.some(([, document]) => document.details === undefined)
  return isMixedUp ? reader.read({ ...question, again: true }) : read
}

/** The range in halves, each detailed where that works; a single month that does not is taken from the summary. */
async function readAround(reader: InvoiceReader, question: InvoicesQuestion, summary: ReadRange): Promise<ReadRange> {
  const { start, end } = question
  const months = monthsBetween(monthOf(start), monthOf(end))
  if (months <= 1) return within(summary, start, end)
  const middle = firstDayOf(addMonths(monthOf(start), months >> 1))
  const read: ReadRange[] = []
  for (const half of [
    { ...question, end: middle },
    { ...question, start: middle },
  ]) {
    const ofHalf = readPastCache(reader, half).catch((error: unknown) => {
      if (isServerFault(error)) return readAround(reader, half, summary)
      throw error
    })
    read.push(await ofHalf)
  }
  const invoices = read.flatMap(({ answer }) => answer.invoices)
  return { ...summary, ...combineProvenance(summary, read), answer: { ...summary.answer, invoices } }
}

function within(read: ReadRange, start: string, end: string): ReadRange {
  const invoices = read.answer.invoices.filter(([date]) => date >= start && date < end)
  return { ...read, answer: { ...read.answer, invoices } }
}

function isServerFault(error: unknown): boolean {
  return error instanceof UpstreamStatusError && error.status === 500
}
