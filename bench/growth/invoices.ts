import { walkInvoices } from '../../src/loaders/threescale/invoice-walk.js'
import { invoiceXml } from '../../src/standin/threescale/invoice-xml.js'
import { branch, document, empty } from '../../src/standin/threescale/xml.js'
import { decoders } from '../../src/upstream/decoding/decoders.js'
import { toInvoice } from '../../src/upstream/threescale/mapping.js'
import { createTenant } from '../peers/data.js'
import { cpuMicroseconds, formatSpread, type Point } from './measurement.js'

const REQUEST = { upstream: 'threescale', operation: 'bench' } as const
const PROVENANCE = { asOf: '2026-11-22T02:00:00Z', stale: false }
const NOW = new Date('2026-11-22T02:00:00Z')
const PER_PAGE = 100
const EVERYTHING = { buyerId: undefined, month: undefined, state: undefined, number: undefined }
/** Invoices read in a round of a small size. */
const LEAST_INVOICES = 3_000

/** Microseconds of CPU per invoice, for lists of these lengths that are read whole, from bytes to invoices in order. */
export async function measureInvoices(sizes: readonly number[], rounds: number): Promise<readonly Point[]> {
  const points: Point[] = []
  // For the compiler.
  for (let round = 0; round < 2; round++) await measureRound(pagesOf(LEAST_INVOICES), LEAST_INVOICES)
  for (const size of sizes) {
    const pages = pagesOf(size)
    const values: number[] = []
    for (let round = 0; round < rounds; round++) values.push(await measureRound(pages, size))
    points.push({ size, values })
    process.stderr.write(`${size} invoices: ${formatSpread(values)} µs of CPU per invoice\n`)
  }
  return points
}

async function measureRound(pages: readonly Uint8Array[], size: number): Promise<number> {
  const repetitions = Math.max(1, Math.ceil(LEAST_INVOICES / size))
  const cpu = await cpuMicroseconds(async () => {
    for (let repetition = 0; repetition < repetitions; repetition++) await walk(pages, size)
  })
  return cpu / (repetitions * size)
}

async function walk(pages: readonly Uint8Array[], size: number): Promise<void> {
  const readPage = async ({ page }: { readonly page: number }) => {
    const body = pages[page - 1]
    if (!body) throw new RangeError(`no page ${page}`)
    const { pagination, invoices } = decoders.threescaleInvoicePage(body, REQUEST)
    return { pagination, invoices: invoices.map(sent => toInvoice(sent, PROVENANCE)) }
  }
  let count = 0
  for await (const _ of walkInvoices(readPage, EVERYTHING, 'PERIOD_DESC')) count++
  if (count !== size) throw new Error(`${count} invoices of ${size}`)
}

/** Pages as the stand-in prints them, newest period first. */
function pagesOf(size: number): readonly Uint8Array[] {
  const data = createTenant([{ first: 5_001, count: 1, size }], NOW)
  const totalPages = Math.ceil(size / PER_PAGE)
  return Array.from({ length: totalPages }, (_, index) => {
    const invoices = data.invoices.slice(index * PER_PAGE, (index + 1) * PER_PAGE)
    const pagination = empty('pagination', {
      total_pages: totalPages,
      current_page: String(index + 1),
      per_page: PER_PAGE,
      total_entries: size,
    })
    const elements = invoices.map(invoice => invoiceXml(invoice, data, 'Pacific/Auckland', 'list'))
    return Buffer.from(document(branch('invoices', [pagination, ...elements], { version: '1.0' })))
  })
}
