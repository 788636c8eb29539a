import { describe, expect, it } from 'vitest'
import { UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import { decodeAccount, decodeInvoice, decodeInvoicePage } from '../../../src/upstream/threescale/decode.js'
import { decodeErrorTexts } from '../../../src/upstream/threescale/decode-writes.js'
import {
  asked,
  bytes,
  type Contents,
  invoiceDocument,
  invoiceElement,
  lineElement,
  pageDocument,
  partyContent,
  totals,
} from './documents.js'
import { CANARY, expectSilence, thrownBy } from './silence.js'

function decode(contents: Contents = {}) {
  return decodeInvoice(bytes(invoiceDocument(contents)), asked)
}

function decodePage(...page: Parameters<typeof pageDocument>) {
  return decodeInvoicePage(bytes(pageDocument(...page)), asked)
}

function refusalOf(run: () => unknown): Error {
  const error = thrownBy(run)
  expect(error).toBeInstanceOf(UpstreamFormatError)
  expectSilence(error)
  return error as Error
}

const party = {
  id: '71',
  org_name: 'Acme',
  address: '1 Road',
  city: 'Leeds',
  state: 'Yorkshire',
  country: 'GB',
  phone: '12',
  zip: 'LS1',
}

describe('decodeInvoice', () => {
  it('keeps every member as the text that was sent, and drops unknown members', () => {
    expect(decode({ surprise: CANARY })).toEqual({
      id: '1201',
      friendly_id: '2024-01-00000001',
      creation_type: 'background',
      state: 'pending',
      paid_at: '',
      due_on: '2024-02-05',
      issued_on: '2024-02-03',
      currency: 'EUR',
      cost: '121.0',
      vat_rate: '21.0',
      vat_amount: '21.0',
      cost_without_vat: '100.0',
      period: { from: '2024-01-01', to: '2024-01-31' },
      provider: { ...party, id: '4' },
      buyer: party,
      lineItems: [
        {
          id: '9001',
          name: 'Hits',
          description: 'All of them',
          quantity: '12',
          type: 'LineItem::VariableCost',
          metric_id: '801',
          plan_id: '301',
          contract_id: '501',
          cost: '100.0',
        },
      ],
      payment_transactions_count: '0',
    })
  })

  it('accepts an invoice without VAT', () => {
    const { vat_rate, vat_amount } = decode({ vat_rate: null, vat_amount: null })
    expect([vat_rate, vat_amount]).toEqual([undefined, undefined])
  })

  it.each(['', ' ', '\n  '])('reads %j between the tags of its lines as no lines', blank => {
    expect(decode({ 'line-items': blank }).lineItems).toEqual([])
  })

  it.each([
    '<line-items/>',
    '<line-items></line-items>',
    '<line-items type="array"/>',
    '<line-items type="array"></line-items>',
    '<line-items type="array">\n  </line-items>',
  ])('reads %s as no lines', lines => {
    const text = invoiceDocument({ 'line-items': '' }).replace(/<line-items>.*<\/line-items>|<line-items\/>/, lines)
    expect(text).toContain(lines)
    expect(decodeInvoice(bytes(text), asked).lineItems).toEqual([])
  })

  it('reads a list of lines that is marked as an array', () => {
    const text = invoiceDocument({ 'line-items': lineElement() }).replace('<line-items>', '<line-items type="array">')
    expect(decodeInvoice(bytes(text), asked).lineItems).toHaveLength(1)
  })

  it.each([
    '<line-items type="integer"/>',
    '<line-items nil="true"/>',
    '<line-items type="array" count="2"/>',
    '<line-items type="array">none</line-items>',
  ])('refuses %s, which is no empty list', lines => {
    const text = invoiceDocument({ 'line-items': '' }).replace(/<line-items>.*<\/line-items>|<line-items\/>/, lines)
    refusalOf(() => decodeInvoice(bytes(text), asked))
  })

  it('refuses an empty page whose totals say that there are invoices', () => {
    const page = pageDocument([], totals(1))
    refusalOf(() => decodeInvoicePage(bytes(page), asked))
  })

  it.each(['name', 'description'])('refuses a line whose %s is longer than 65536 characters', member => {
    expect(decode({ 'line-items': lineElement({ [member]: 'x'.repeat(65_536) }) }).lineItems).toHaveLength(1)
    refusalOf(() => decode({ 'line-items': lineElement({ [member]: 'x'.repeat(65_537) }) }))
  })

  it('refuses a party whose name is longer than 1024 characters', () => {
    const buyer = (name: string) => ({ buyer: partyContent('71').replace('Acme', name) })
    expect(decode(buyer('x'.repeat(1_024))).buyer.id).toBe('71')
    refusalOf(() => decode(buyer('x'.repeat(1_025))))
  })

  it('ignores white space between elements', () => {
    const spaced = invoiceDocument().replaceAll(/(<\/[^>]+>)(?=<)/g, '$1\n  ')
    expect(decodeInvoice(bytes(spaced), asked)).toEqual(decode())
  })

  it.each([
    '0.0',
    '-0.0',
    '300.0',
    '0.0088',
    '-30.0',
    '12',
    '1.0e-05',
    '1.0e+16',
    '1e5',
    '1E5',
    '0.00000001',
    '9007199254740993.01',
  ])('accepts %j as money', text => {
    expect(decode({ cost: text, vat_amount: text, cost_without_vat: text }).cost).toBe(text)
    expect(decode({ 'line-items': lineElement({ cost: text }) }).lineItems[0]?.cost).toBe(text)
  })

  it.each([
    '',
    ' ',
    '1,5',
    '1.234,50',
    '0x1F',
    ' 1',
    '1 ',
    '1\n',
    '+1',
    '.5',
    '5.',
    '1.2.3',
    '--1',
    '1e',
    'e5',
    '1e1000',
    '1_000',
    '$5.50',
    '5 EUR',
    'NaN',
    'Infinity',
    'null',
    '١٢',
    '１２',
    '²',
    '−5',
    '1e99',
    '9'.repeat(61),
    CANARY,
  ])('refuses %j as money', text => {
    for (const name of ['cost', 'vat_rate', 'vat_amount', 'cost_without_vat']) {
      expect(refusalOf(() => decode({ [name]: text })).message).toContain(`: ${name}: expected a decimal number (`)
    }
    const line = refusalOf(() => decode({ 'line-items': lineElement({ cost: text }) }))
    expect(line.message).toContain('line-items')
  })

  it.each(['1', '42', '9223372036854775807'])('accepts %j as an id', text => {
    expect(decode({ id: text }).id).toBe(text)
  })

  it.each([
    '',
    '0',
    '-1',
    '01',
    '1.0',
    ' 1',
    '1 ',
    '42_ID',
    '2024-01-00000005',
    '1e3',
    '0x1F',
    '12345678901234567890',
    '١',
    '../1',
    CANARY,
  ])('refuses %j as an id', text => {
    expect(refusalOf(() => decode({ id: text })).message).toContain(': id: expected an id (')
    refusalOf(() => decode({ provider: partyContent(text) }))
    refusalOf(() => decode({ buyer: partyContent(text) }))
    refusalOf(() => decode({ buyer: `<id>${text}</id><status>deleted</status>` }))
    refusalOf(() => decode({ 'line-items': lineElement({ id: text }) }))
  })

  it.each<[string, string]>([
    ['due_on', '2024-02-30'],
    ['due_on', '2024-2-3'],
    ['issued_on', '03.02.2024'],
    ['issued_on', '2024-02-03T00:00:00Z'],
    ['paid_at', '2023-12-07'],
    ['paid_at', '2023-12-07 10:15:42'],
    ['paid_at', '2023-12-07T10:15:42+01:00'],
    ['paid_at', '2023-12-07 10:15:42 CET'],
    ['paid_at', '2023-12-07 25:15:42 +0100'],
    ['paid_at', '2023-02-30 10:15:42 UTC'],
    ['paid_at', '2023-12-07 10:15:42 +9900'],
    ['currency', 'eur'],
    ['currency', 'EURO'],
    ['currency', '€'],
    ['currency', ' '],
    ['period', '<from>2024-01-01</from>'],
    ['period', '<from>2024-01-01</from><to>2024-01-32</to>'],
    ['period', '<from></from><to></to>'],
    ['period', ''],
    ['line-items', '<something/>'],
    ['line-items', CANARY],
    ['state', 'x'.repeat(256)],
    ['buyer', '<id>66</id>'],
    ['buyer', '<id>66</id><status>gone</status>'],
    ['buyer', CANARY],
  ])('refuses %s: %s', (name, text) => {
    expect(refusalOf(() => decode({ [name]: text })).message).toContain(`: ${name}`)
  })

  it.each(['2.5', 'many', '1e3', '1'.repeat(19)])('refuses a quantity of %s', text => {
    refusalOf(() => decode({ 'line-items': lineElement({ quantity: text }) }))
  })

  it.each([
    'id',
    'friendly_id',
    'creation_type',
    'state',
    'paid_at',
    'due_on',
    'issued_on',
    'currency',
    'cost',
    'cost_without_vat',
    'period',
    'provider',
    'buyer',
    'line-items',
    'vat_rate',
    'vat_amount',
  ])('refuses an invoice without its %s, or with two', name => {
    refusalOf(() => decode({ [name]: null }))
    const [whole = ''] = new RegExp(`<${name}>.*?</${name}>`).exec(invoiceDocument()) ?? []
    refusalOf(() => decodeInvoice(bytes(invoiceDocument().replace(whole, whole + whole)), asked))
  })

  it.each(['id', 'name', 'description', 'quantity', 'type', 'metric_id', 'contract_id', 'cost'])(
    'refuses a line without its %s, or with two',
    name => {
      refusalOf(() => decode({ 'line-items': lineElement({ [name]: null }) }))
      const [whole = ''] = new RegExp(`<${name}>.*?</${name}>`).exec(lineElement()) ?? []
      refusalOf(() => decode({ 'line-items': lineElement().replace(whole, whole + whole) }))
    },
  )

  it('refuses an element in place of a text, and a text with attributes', () => {
    refusalOf(() => decode({ cost: '<amount>1.0</amount>' }))
    refusalOf(() => decodeInvoice(bytes(invoiceDocument().replace('<cost>', '<cost nil="true">')), asked))
  })

  it('refuses a page, and an invoice inside another element', () => {
    refusalOf(() => decodeInvoice(bytes(pageDocument([invoiceElement()])), asked))
    refusalOf(() => decodeInvoice(bytes(`<wrapper>${invoiceElement()}</wrapper>`), asked))
  })
})

describe('decodeInvoicePage', () => {
  it.each([0, 1, 2, 3])('reads %i invoices as a list', count => {
    const ids = Array.from({ length: count }, (_, index) => String(count * 10 - index))
    const page = decodePage(ids.map(id => invoiceElement({ id })))
    expect(page.invoices.map(({ id }) => id)).toEqual(ids)
    expect(page.pagination).toEqual({ totalPages: 1, currentPage: 1, perPage: 20, totalEntries: count })
  })

  it('refuses a page that has an invoice twice', () => {
    const error = refusalOf(() => decodePage([invoiceElement(), invoiceElement({ state: 'paid' })]))
    expect(error.message).toContain('it has an invoice twice')
  })

  it('names the path of an error, without the value', () => {
    const error = refusalOf(() => decodePage([invoiceElement(), invoiceElement({ id: '2', cost: CANARY })]))
    expect(error.message).toBe(
      '3scale sent an invalid response: invoice.1.cost: expected a decimal number (GET /api/test.xml)',
    )
  })

  it.each([
    ['no totals', ''],
    ['too few of them', 'total_pages="1" current_page="1" per_page="20"'],
    ['an empty one', 'total_pages="" current_page="1" per_page="20" total_entries="1"'],
    ['a negative one', 'total_pages="1" current_page="-1" per_page="20" total_entries="1"'],
    ['a fraction', 'total_pages="1.0" current_page="1" per_page="20" total_entries="1"'],
    ['an exponent', 'total_pages="1" current_page="1" per_page="2e1" total_entries="1"'],
    ['a word', `total_pages="1" current_page="1" per_page="20" total_entries="${CANARY}"`],
    ['more than any list holds', 'total_pages="1" current_page="1" per_page="20" total_entries="10000000000"'],
    ['pages of nothing', 'total_pages="1" current_page="1" per_page="0" total_entries="1"'],
    ['too few pages', 'total_pages="1" current_page="1" per_page="20" total_entries="21"'],
    ['too many pages', 'total_pages="3" current_page="1" per_page="20" total_entries="21"'],
    ['no pages', 'total_pages="0" current_page="1" per_page="20" total_entries="0"'],
    ['fewer entries than there are', 'total_pages="1" current_page="1" per_page="20" total_entries="0"'],
  ])('refuses %s', (_, attributes) => {
    refusalOf(() => decodePage([invoiceElement()], attributes))
  })

  it('refuses more invoices than a page holds', () => {
    const attributes = 'total_pages="2" current_page="1" per_page="1" total_entries="2"'
    refusalOf(() => decodePage([invoiceElement(), invoiceElement({ id: '2' })], attributes))
  })

  it('refuses an empty page before the last, and accepts one after it', () => {
    const attributes = (page: number) => `total_pages="2" current_page="${page}" per_page="20" total_entries="21"`
    refusalOf(() => decodePage([], attributes(2)))
    expect(decodePage([], attributes(3)).invoices).toEqual([])
  })

  it('refuses a list without totals, with two, or with totals as text', () => {
    const whole = pageDocument([invoiceElement()])
    const element = `<pagination ${totals(1)}/>`
    refusalOf(() => decodeInvoicePage(bytes(whole.replace(element, '')), asked))
    refusalOf(() => decodeInvoicePage(bytes(whole.replace(element, element + element)), asked))
    refusalOf(() => decodeInvoicePage(bytes(whole.replace(element, '<pagination>1</pagination>')), asked))
  })

  it('refuses an invoice alone', () => {
    refusalOf(() => decodeInvoicePage(bytes(invoiceDocument()), asked))
  })
})

describe('a truncated body', () => {
  const whole: readonly (readonly [string, Uint8Array, (body: Uint8Array) => unknown])[] = [
    [
      'an invoice',
      bytes(invoiceDocument({ buyer: partyContent('71').replace('Acme', 'Größe') })),
      body => decodeInvoice(body, asked),
    ],
    [
      'a page of two invoices',
      bytes(
        pageDocument([
          invoiceElement(),
          invoiceElement({ id: '2', 'line-items': lineElement() + lineElement({ id: '9' }) }),
        ]),
      ),
      body => decodeInvoicePage(body, asked),
    ],
    ['an empty page', bytes(pageDocument([])), body => decodeInvoicePage(body, asked)],
    [
      'an account',
      bytes('<account><id>71</id><state>approved</state><org_name>Acme</org_name><plans/></account>'),
      body => decodeAccount(body, asked),
    ],
  ]

  it.each(whole)('%s is refused wherever it is truncated', (_, body, decodeBody) => {
    expect(() => decodeBody(body)).not.toThrow()
    const accepted: number[] = []
    for (let length = 0; length < body.byteLength; length++) {
      try {
        decodeBody(body.subarray(0, length))
        accepted.push(length)
      } catch (error) {
        if (!(error instanceof UpstreamFormatError)) throw error
      }
    }
    expect(accepted).toEqual([])
  })
})

describe('decodeAccount', () => {
  it('reads the address if the tenant publishes one', () => {
    const body =
      '<account><id>71</id><state>approved</state><org_name>A &amp; B</org_name><city>Cork</city><zip/></account>'
    expect(decodeAccount(bytes(body), asked)).toEqual({
      id: '71',
      state: 'approved',
      org_name: 'A & B',
      city: 'Cork',
      zip: '',
    })
  })

  it.each([
    '<account><state>approved</state><org_name>A</org_name></account>',
    '<account><id>71</id><org_name>A</org_name></account>',
    '<account><id>71</id><state>approved</state></account>',
    '<account><id>71</id><id>72</id><state>approved</state><org_name>A</org_name></account>',
    '<account><id>7x</id><state>approved</state><org_name>A</org_name></account>',
    '<account/>',
    '<accounts><account><id>71</id><state>approved</state><org_name>A</org_name></account></accounts>',
  ])('refuses %s', body => {
    refusalOf(() => decodeAccount(bytes(body), asked))
  })
})

describe('decodeErrorTexts', () => {
  it.each([
    ['<error>Access denied</error>', 'Access denied'],
    ['<error/>', ''],
    ['<errors><error>One</error></errors>', 'One'],
    ['<error><b>One</b></error>', null],
    ['<html><body>403 Forbidden</body></html>', null],
    ['Forbidden', null],
    ['', null],
  ])('reads %j as %j', (body, text) => {
    expect(decodeErrorTexts(bytes(body), asked)[0] ?? null).toBe(text)
  })
})
