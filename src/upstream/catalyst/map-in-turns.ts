import { setImmediate } from 'node:timers/promises'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import { type DocumentOrigin, flattenLines, type MappingSettings, toInvoice, toLineItem } from './mapping.js'
import type * as wire from './wire.js'

/** Lines that are mapped before others have their turn: a bill of many thousands would hold everybody else up. */
const LINES_A_TURN = 2_000

/** The bills of an answer, in the order sent. Others have their turn between large parts of them. */
export async function toInvoicesInTurns(
  documents: wire.Invoices['invoices'],
  origin: DocumentOrigin,
  terms: MappingSettings,
): Promise<readonly Invoice[]> {
  const invoices: Invoice[] = []
  for (const [date, document] of documents) {
    const nativeId = `${origin.projectId}/${date}`
    const lines = document.details && (await mapLines(document.details, nativeId, terms))
    invoices.push(toInvoice(date, document, origin, terms, lines ?? null))
  }
  return invoices
}

async function mapLines(
  details: wire.Entries<wire.Category>,
  documentId: string,
  terms: MappingSettings,
): Promise<readonly LineItem[]> {
  const sent = flattenLines(details)
  const lines: LineItem[] = []
  for (const [position, line] of sent.entries()) {
    if (position > 0 && position % LINES_A_TURN === 0) await setImmediate()
    lines.push(toLineItem(line, position, { documentId, invoiceId: documentId }, terms))
  }
  return lines
}
