import { costOnInvoices } from '../../src/domain/customer-cost.js'
import { parseDecimal } from '../../src/domain/decimal.js'
import type { Invoice } from '../../src/domain/invoice.js'
import { listOdooInvoices } from '../../src/standin/catalyst/invoices-odoo.js'
import { printPythonJson } from '../../src/standin/catalyst/python-json.js'
import { toInvoices } from '../../src/upstream/catalyst/mapping.js'
import { decoders } from '../../src/upstream/decoding/decoders.js'
import { createLines } from '../peers/data.js'
import { cpuMicroseconds, formatSpread, type Point } from './measurement.js'

const REQUEST = { upstream: 'catalyst', operation: 'bench' } as const
const BILL_DATE = '2026-10-31'
const SETTINGS = {
  currency: 'NZD',
  taxRate: parseDecimal('0.15'),
  taxRounding: 'HALF_EVEN' as const,
  regions: ['nz-por-1'],
}
const ORIGIN = { projectId: '0'.repeat(32), projectName: 'bench', asOf: '2026-11-22T02:00:00Z', stale: false }
/** Lines read in a round of a small size. */
const LEAST_LINES = 50_000
const LOOKUPS = 2_000
/** Fewer lookups on a bill that is too long for an index, where each goes through all lines. */
const MOST_LINES_LOOKED_AT = 2e7

/** CPU of a detailed bill from bytes to the first customer's cost, and of another customer's cost on it. */
export interface LinesGrowth {
  /** Microseconds per line. */
  readonly reading: readonly Point[]
  /** Microseconds per customer. */
  readonly lookup: readonly Point[]
}

/** Measures bills of these lengths, in this process and on its main thread: a gateway reads large bodies in worker threads. */
export async function measureLines(sizes: readonly number[], rounds: number): Promise<LinesGrowth> {
  const reading: Point[] = []
  const lookup: Point[] = []
  // For the compiler.
  for (let round = 0; round < 2; round++) await measureRound(bodyOf(1_000), 1_000)
  for (const size of sizes) {
    const body = bodyOf(size)
    const results: (readonly [number, number])[] = []
    for (let round = 0; round < rounds; round++) results.push(await measureRound(body, size))
    reading.push({ size, values: results.map(([perLine]) => perLine) })
    lookup.push({ size, values: results.map(([, perCustomer]) => perCustomer) })
    process.stderr.write(`${size} lines: ${formatSpread(results.map(([perLine]) => perLine))} µs of CPU per line\n`)
  }
  return { reading, lookup }
}

async function measureRound(body: Uint8Array, size: number): Promise<readonly [number, number]> {
  const repetitions = Math.max(1, Math.ceil(LEAST_LINES / size))
  let invoice: Invoice | undefined
  const reading = await cpuMicroseconds(async () => {
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const { invoices } = decoders.catalystInvoices(body, REQUEST)
      ;[invoice] = await toInvoices(invoices, ORIGIN, SETTINGS)
      if (invoice) costOf(invoice, 0)
    }
  })
  const bill = invoice
  if (bill?.lineItems?.length !== size) throw new Error(`${bill?.lineItems?.length} lines of ${size}`)
  const lookups = Math.min(LOOKUPS, Math.ceil(MOST_LINES_LOOKED_AT / size))
  const lookup = await cpuMicroseconds(() => {
    for (let at = 0; at < lookups; at++) costOf(bill, (at * 7_919) % size)
  })
  return [reading / (repetitions * size), lookup / lookups]
}

function costOf(invoice: Invoice, line: number): void {
  const prefix = `customer-${String(line).padStart(6, '0')}-`
  const { lineItems } = costOnInvoices([invoice], { prefix, match: 'STARTS_WITH' })
  if (lineItems.length !== 1) throw new Error(`${lineItems.length} lines of ${prefix}`)
}

function bodyOf(size: number): Uint8Array {
  const document = { billDate: BILL_DATE, status: 'paid', lines: createLines(size) }
  const range = { start: new Date('2026-10-01'), end: new Date('2026-11-01'), isDetailed: true, hiddenProducts: [] }
  const invoices = listOdooInvoices([document], range)
  const answer = { start: '2026-10-01T00:00:00', end: '2026-11-01T00:00:01', project_name: 'bench', project_id: '0' }
  return Buffer.from(printPythonJson({ ...answer, invoices }))
}
