import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { decodeInvoice, decodeInvoicePage } from '../../../src/upstream/threescale/decode.js'
import { readInvoice, readInvoicePage } from '../../../src/upstream/threescale/strict-invoices.js'
import { threescaleBody } from '../decoding/large-bodies.js'
import {
  asked,
  bytes,
  invoiceDocument,
  invoiceElement,
  lineElement,
  pageDocument,
  partyContent,
  totals,
} from './documents.js'
import { hasSamples, sample, sampleNames } from './samples.js'

const PAGES = ['invoices-page.xml', 'invoices-empty.xml', 'invoices-page-past-end.xml']
const INVOICES = ['invoice-paid.xml', 'invoice-just-created.xml', 'invoice-deleted-buyer.xml']

async function isStrict(text: string): Promise<boolean> {
  return (await readInvoice(bytes(text))) !== null
}

describe.skipIf(!hasSamples)('recorded bodies', () => {
  it.each(PAGES)('%s is read like the general decoder does', async name => {
    expect(await readInvoicePage(sample(name))).toStrictEqual(decodeInvoicePage(sample(name), asked))
  })

  it.each(INVOICES)('%s is read like the general decoder does', async name => {
    expect(await readInvoice(sample(name))).toStrictEqual(decodeInvoice(sample(name), asked))
  })

  it('of all other kinds, or with an exponent, are left to the general decoder', async () => {
    for (const name of sampleNames()) {
      if (!PAGES.includes(name)) expect(await readInvoicePage(sample(name))).toBeNull()
      if (!INVOICES.includes(name)) expect(await readInvoice(sample(name))).toBeNull()
    }
  })

  it.each([...PAGES, ...INVOICES])('%s is left to the general decoder wherever it is truncated', async name => {
    const body = sample(name)
    for (let length = 0; length < body.byteLength; length++) {
      const start = body.subarray(0, length)
      if ((await readInvoicePage(start)) ?? (await readInvoice(start))) throw new Error(`read ${length} bytes of it`)
    }
  })
})

describe('readInvoicePage', () => {
  it('reads the same party for invoices that repeat it, and another where a text differs', async () => {
    const page = await readInvoicePage(
      bytes(
        pageDocument([
          invoiceElement({ id: '1' }),
          invoiceElement({ id: '2' }),
          invoiceElement({ id: '3', buyer: partyContent('71').replace('Acme', 'Acme Ltd') }),
        ]),
      ),
    )
    const [first, second, third] = page?.invoices ?? []
    expect(second?.buyer).toBe(first?.buyer)
    expect(third?.provider).toBe(first?.provider)
    expect(third?.buyer).toMatchObject({ id: '71', org_name: 'Acme Ltd' })
  })

  it('lets other work run while it reads a large page', async () => {
    const body = threescaleBody(2400)
    const reading = readInvoicePage(body)
    let [turns, isDone] = [0, false]
    void reading.then(() => {
      isDone = true
    })
    for (; !isDone; turns++) await setImmediate()
    expect(turns).toBeGreaterThan(2)
    expect(await reading).toStrictEqual(decodeInvoicePage(body, asked))
  })

  it('leaves an invoice that would block the event loop to the general decoder', async () => {
    const many = (count: number) => bytes(pageDocument([invoiceElement({ 'line-items': lineElement().repeat(count) })]))
    expect(await readInvoicePage(many(500))).not.toBeNull()
    expect(await readInvoicePage(many(1500))).toBeNull()
  })

  it.each([
    ['an invoice twice', pageDocument([invoiceElement(), invoiceElement()])],
    ['totals that contradict it', pageDocument([invoiceElement()], totals(0))],
    ['a byte order mark', `\ufeff${pageDocument([])}`],
    ['white space at the end', `${pageDocument([])}\n`],
    ['more than a page', `${pageDocument([])}<invoices/>`],
    ['a comment', pageDocument(['<!-- x -->'])],
    ['an invoice within an invoice', pageDocument([invoiceElement({ 'line-items': invoiceElement({ id: '2' }) })])],
  ])('leaves %s to the general decoder', async (_, text) => {
    expect(await readInvoicePage(bytes(text))).toBeNull()
  })

  it('leaves a body that is not UTF-8 to the general decoder', async () => {
    const body = Buffer.from(pageDocument([invoiceElement({ state: 'größe' })]), 'latin1')
    expect(await readInvoicePage(body)).toBeNull()
  })
})

describe('readInvoice', () => {
  it.each([
    ['1900-01-01', true],
    ['1899-12-31', false],
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['2100-02-29', false],
    ['2023-04-31', false],
    ['2023-05-31', true],
    ['2023-5-31', false],
  ])('reads the date %s: %j', async (date, isRead) => {
    expect(await isStrict(invoiceDocument({ issued_on: date }))).toBe(isRead)
  })

  it.each([
    ['2023-12-07 10:15:42 UTC', true],
    ['2023-12-07 10:15:42 -0900', true],
    ['2023-12-07 24:00:00 UTC', false],
    ['2023-12-07 10:15:42 +0530', false],
    ['2023-02-30 10:15:42 UTC', false],
    ['2023-12-07T10:15:42Z', false],
  ])('reads the time %s: %j', async (time, isRead) => {
    expect(await isStrict(invoiceDocument({ paid_at: time }))).toBe(isRead)
  })

  it.each(['&quot;', '&#49;', '&', '>', '\r', '\u0000', '\uffff', '<b/>'])('does not read the text %j', async text => {
    expect(await isStrict(invoiceDocument({ provider: partyContent('4').replace('Acme', text) }))).toBe(false)
  })
})

it('reads as many entities in a page as the general decoder, and no more', async () => {
  const lines = lineElement({ name: '&amp;'.repeat(1_000) }).repeat(25)
  const page = (name: string) =>
    bytes(
      pageDocument(
        ['1', '2', '3', '4'].map(id =>
          invoiceElement({
            id,
            'line-items': lines,
            buyer: partyContent('71').replace('Acme', id === '4' ? name : 'A'),
          }),
        ),
      ),
    )
  expect(isDeepStrictEqual(await readInvoicePage(page('A')), decodeInvoicePage(page('A'), asked))).toBe(true)
  expect(await readInvoicePage(page('&amp;'))).toBeNull()
})

it('reads names as long as the general decoder does, and leaves longer texts to it', async () => {
  const named = (length: number) => invoiceDocument({ buyer: partyContent('71').replace('Acme', 'n'.repeat(length)) })
  expect(await readInvoice(bytes(named(1_024)))).toStrictEqual(decodeInvoice(bytes(named(1_024)), asked))
  expect(await isStrict(named(1_025))).toBe(false)
})
