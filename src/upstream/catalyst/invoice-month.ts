import { z } from 'zod'
import type { Invoice } from '../../domain/invoice.js'
import type { Codec } from '../cache/cache.js'
import type { Provenance } from '../cache/fetched.js'
import { decoding } from '../decoding/worker-pool.js'
import type { UpstreamRequest } from '../http/errors.js'
import { encodeInvoices } from './decode.js'
import { toInvoicesInTurns } from './map-in-turns.js'
import type { MappingSettings } from './mapping.js'
import type * as wire from './wire.js'

/** The bills of one project dated in one month, oldest first, as read and as mapped. */
export interface InvoiceMonth {
  readonly wire: wire.Invoices
  /** Known regions at that time, to tell them in product keys. */
  readonly regions: readonly string[]
  readonly invoices: readonly Invoice[]
  readonly asOf: string
}

/** A month out of an answer that holds its bills and no others. */
export async function toMonth(
  answer: wire.Invoices,
  { asOf, stale }: Provenance,
  terms: MappingSettings,
): Promise<InvoiceMonth> {
  const origin = { projectId: answer.project_id, projectName: answer.project_name, asOf, stale }
  const invoices = await toInvoicesInTurns(answer.invoices, origin, terms)
  return { wire: answer, regions: terms.regions, invoices, asOf }
}

/** How a month is kept as text: the wire's own JSON, so that what comes back passes the same decoder. */
export function invoiceMonthCodec(terms: Omit<MappingSettings, 'regions'>): Codec<InvoiceMonth> {
  const asked: UpstreamRequest = { upstream: 'catalyst', operation: 'cached invoices' }
  return {
    encode: ({ wire: answer, asOf, regions }) => [asOf, JSON.stringify(regions), encodeInvoices(answer)].join('\n'),
    decode: async text => {
      const [asOf = '', regionList = '', answer = ''] = text.split('\n', 3)
      const regions = z.array(z.string()).parse(JSON.parse(regionList))
      const decoded = await decoding('catalystInvoices')(Buffer.from(answer), asked)
      return toMonth(decoded, { asOf, stale: false }, { ...terms, regions })
    },
  }
}
