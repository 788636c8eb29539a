import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/domain/invoice.js'
import {
  type InvoiceOrder,
  invoiceKey,
  isDescending,
  reverseOrder,
  sortInvoices,
} from '../../src/domain/invoice-order.js'
import { type PageRequest, readInvoicePage } from '../../src/loaders/invoice-list.js'
import { rejectionOf } from '../upstream/threescale/silence.js'
import { memorySource, placedInvoice } from './memory-source.js'

// The same tenants in every run.
fc.configureGlobal({ seed: 20261115 })

const months = fc.constantFrom('2025-11', '2025-12', '2026-01', '2026-02', '2027-03')

/** The invoice with an amount, an issue date and a due date by a seed, each of which it may lack. */
function withValues(invoice: Invoice, seed: number): Invoice {
  const gross = seed % 5 === 0 ? null : { digits: BigInt((seed % 7) - 3), scale: 1, currency: 'NZD' }
  const day = (rest: number) => (seed % 4 === rest ? null : `2026-01-0${1 + (seed % 3)}`)
  return { ...invoice, total: { ...invoice.total, gross }, issuedOn: day(0), dueOn: day(1) }
}

const bills = fc
  .uniqueArray(fc.tuple(months, fc.integer({ min: 1, max: 28 })), { selector: String, maxLength: 25 })
  .map(list =>
    list.map(([month, day]) =>
      withValues(placedInvoice('CATALYST', `p1/${month}-${String(day).padStart(2, '0')}`, month), day),
    ),
  )

const invoices = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 20_000 }), months), { selector: ([id]) => id, maxLength: 25 })
  .map(list => list.map(([id, month]) => withValues(placedInvoice('THREESCALE', String(id), month), id)))

/** Orders by a value that some invoices share, and that some lack. */
const orders = fc.constantFrom<InvoiceOrder>(
  'PERIOD_DESC',
  'PERIOD_ASC',
  'AMOUNT_DESC',
  'AMOUNT_ASC',
  'ISSUED_DESC',
  'DUE_ASC',
)

function keysOf(list: readonly Invoice[], order: InvoiceOrder): readonly string[] {
  return list.map(one => invoiceKey(one, order))
}

function firstPage(size: number, rest: Partial<PageRequest> = {}): PageRequest {
  return { size, direction: 'forward', beyond: null, until: null, ...rest }
}

/** Every page from the list's own end on, in the order read. */
async function pagesOf(
  both: readonly [readonly Invoice[], readonly Invoice[]],
  order: InvoiceOrder,
  size: number,
  direction: PageRequest['direction'],
) {
  const pages: Awaited<ReturnType<typeof readInvoicePage>>[] = []
  for (let beyond: string | null = null; ; ) {
    const sources = [memorySource('CATALYST', both[0]), memorySource('THREESCALE', both[1])]
    const page = await readInvoicePage(sources, order, { size, direction, beyond, until: null })
    expect(sources.map(({ opened, closed }) => [opened, closed])).toEqual([
      [1, 1],
      [1, 1],
    ])
    pages.push(page)
    const edge = direction === 'forward' ? page.invoices.at(-1) : page.invoices.at(0)
    const goesOn = direction === 'forward' ? page.hasNextPage : page.hasPreviousPage
    if (!goesOn || !edge) return pages
    beyond = invoiceKey(edge, order)
  }
}

describe('readInvoicePage', () => {
  it('returns each invoice once, in order, paging forwards', async () => {
    await fc.assert(
      fc.asyncProperty(bills, invoices, orders, fc.integer({ min: 1, max: 60 }), async (left, right, order, size) => {
        const pages = await pagesOf([left, right], order, size, 'forward')
        const expected = keysOf(sortInvoices([...left, ...right], order), order)
        expect(pages.flatMap(page => keysOf(page.invoices, order))).toEqual(expected)
        expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / size)))
        expect(pages.map(page => page.hasNextPage)).toEqual(pages.map((_, index) => index < pages.length - 1))
        expect(pages.map(page => page.hasPreviousPage)).toEqual(pages.map((_, index) => index > 0))
      }),
    )
  })

  it('returns each invoice once, in the same order, paging backwards', async () => {
    await fc.assert(
      fc.asyncProperty(bills, invoices, orders, fc.integer({ min: 1, max: 60 }), async (left, right, order, size) => {
        const pages = await pagesOf([left, right], order, size, 'backward')
        const expected = keysOf(sortInvoices([...left, ...right], order), order)
        expect(pages.toReversed().flatMap(page => keysOf(page.invoices, order))).toEqual(expected)
        expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / size)))
        expect(pages.map(page => page.hasPreviousPage)).toEqual(pages.map((_, index) => index < pages.length - 1))
        expect(pages.map(page => page.hasNextPage)).toEqual(pages.map((_, index) => index > 0))
      }),
    )
  })

  it('returns the invoices between two keys, whether the list contains the keys or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        bills,
        invoices,
        orders,
        fc.constantFrom('forward', 'backward'),
        invoices,
        async (left, right, order, direction, others) => {
          const sorted = keysOf(sortInvoices([...left, ...right], order), order)
          const [beyond = null, until = null] = [...keysOf(others, order).slice(0, 1), ...sorted.slice(3, 4)]
          const page = await readInvoicePage(
            [memorySource('CATALYST', left), memorySource('THREESCALE', right)],
            order,
            { size: 100, direction, beyond, until },
          )
          const isReversed = isDescending(direction === 'backward' ? reverseOrder(order) : order)
          const lies = (key: string, edge: string | null, after: boolean): boolean =>
            edge === null || (after !== isReversed ? key > edge : key < edge)
          expect(keysOf(page.invoices, order)).toEqual(
            sorted.filter(key => lies(key, beyond, true) && lies(key, until, false)),
          )
        },
      ),
    )
  })

  it('reads no further than one invoice beyond the page', async () => {
    await fc.assert(
      fc.asyncProperty(bills, invoices, orders, fc.integer({ min: 0, max: 30 }), async (left, right, order, size) => {
        const sources = [memorySource('CATALYST', left), memorySource('THREESCALE', right)]
        await readInvoicePage(sources, order, firstPage(size))
        const read = sources.reduce((sum, source) => sum + source.read, 0)
        expect(read).toBeLessThanOrEqual(size + 2)
        expect(sources.map(({ closed }) => closed)).toEqual([1, 1])
      }),
    )
  })

  it('returns an empty page for no sources', async () => {
    const nothing = { invoices: [], hasNextPage: false, hasPreviousPage: false, failures: new Map() }
    expect(await readInvoicePage([], 'PERIOD_DESC', firstPage(20))).toEqual(nothing)
    expect(await readInvoicePage([memorySource('CATALYST', [])], 'PERIOD_DESC', firstPage(20))).toEqual(nothing)
  })

  it('reports for a page of size 0 whether there are more invoices', async () => {
    const one = memorySource('CATALYST', [placedInvoice('CATALYST', 'p1/2026-01-31', '2026-01')])
    expect(await readInvoicePage([one], 'PERIOD_DESC', firstPage(0))).toMatchObject({
      invoices: [],
      hasNextPage: true,
    })
  })
})

describe('a source that fails', () => {
  const bill = placedInvoice('CATALYST', 'p1/2026-01-31', '2026-01')
  const newer = placedInvoice('THREESCALE', '9', '2026-02')
  const older = placedInvoice('THREESCALE', '10', '2025-12')

  it('at once is left out and reported, and all sources are closed', async () => {
    const sources = [memorySource('CATALYST', [bill], 0), memorySource('THREESCALE', [newer, older])]
    const page = await readInvoicePage(sources, 'PERIOD_DESC', firstPage(20))
    expect(page.invoices).toEqual([newer, older])
    expect(page.failures).toEqual(new Map([['CATALYST', [new Error('CATALYST fails')]]]))
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1])
  })

  it('is reported even if another source of its system succeeds, each with its own failure', async () => {
    const sources = [
      memorySource('CATALYST', [bill]),
      memorySource('CATALYST', [], 0),
      memorySource('CATALYST', [], 0),
      memorySource('THREESCALE', [newer]),
    ]
    const page = await readInvoicePage(sources, 'PERIOD_DESC', firstPage(20))
    expect(page.invoices).toEqual([newer, bill])
    expect(page.failures).toEqual(new Map([['CATALYST', Array(2).fill(new Error('CATALYST fails'))]]))
  })

  it('fails the list when all others of it fail as well', async () => {
    const sources = [memorySource('CATALYST', [], 0), memorySource('CATALYST', [], 0)]
    await expect(readInvoicePage(sources, 'PERIOD_DESC', firstPage(20))).rejects.toThrow('CATALYST fails')
  })

  it('halfway is reported, beside the invoices it returned before', async () => {
    const sources = [memorySource('CATALYST', [bill]), memorySource('THREESCALE', [newer, older], 1)]
    const page = await readInvoicePage(sources, 'PERIOD_DESC', firstPage(20))
    expect(page.invoices).toEqual([newer, bill])
    expect([...page.failures.keys()]).toEqual(['THREESCALE'])
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1])
  })

  it('beyond the page is not noticed', async () => {
    const sources = [memorySource('CATALYST', [bill]), memorySource('THREESCALE', [newer, older], 1)]
    const page = await readInvoicePage(sources, 'PERIOD_DESC', firstPage(0))
    expect(page.failures.size).toBe(0)
  })

  it('fails the list when it is the only source', async () => {
    const sources = [memorySource('CATALYST', [bill], 0), memorySource('THREESCALE', [newer], 0)]
    const error = await rejectionOf(readInvoicePage(sources, 'PERIOD_DESC', firstPage(20)))
    expect((error as Error).message).toMatch(/^(CATALYST|THREESCALE) fails$/)
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1])
    const alone = [memorySource('THREESCALE', [newer], 0)]
    expect(await rejectionOf(readInvoicePage(alone, 'PERIOD_DESC', firstPage(20)))).toEqual(
      new Error('THREESCALE fails'),
    )
  })

  it('fails with an error even when it throws something else', async () => {
    const odd = {
      ...memorySource('CATALYST', []),
      // biome-ignore lint/correctness/useYield: it fails before
      async *scan(): AsyncGenerator<Invoice> {
        throw 'a word'
      },
    }
    const error = await rejectionOf(readInvoicePage([odd], 'PERIOD_DESC', firstPage(20)))
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).cause).toBe('a word')
  })
})
