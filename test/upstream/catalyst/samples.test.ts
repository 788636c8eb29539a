import { expect, it } from 'vitest'
import { costOnInvoices } from '../../../src/domain/customer-cost.js'
import { formatDecimal } from '../../../src/domain/decimal.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import type { PrefixMatch } from '../../../src/domain/prefix-index.js'
import { decodeInvoices, decodeProducts } from '../../../src/upstream/catalyst/decode.js'
import { driverOfInvoices, driverOfProducts } from '../../../src/upstream/catalyst/driver.js'
import { ASKED, readInvoices, readQuoted } from './documents.js'
import { openClient, printTotal, settingsFor } from './open-client.js'
import { startReplay } from './replay-server.js'
import { describeWithUpstream, readRecording, readSample } from './upstream-folder.js'

function readFirst(sample: string): Invoice {
  const [invoice] = readInvoices(readSample(sample))
  if (!invoice) throw new Error(`${sample} is empty`)
  return invoice
}

function costOf(sample: string, prefix: string, match: PrefixMatch = 'STARTS_WITH'): string {
  const cost = costOnInvoices([readFirst(sample)], { prefix, match })
  return `${cost.lineItems.length} lines ${formatDecimal(cost.total.net)}`
}

describeWithUpstream('an invoice of the ERP (sample from the folder beside the project)', () => {
  it('keeps the totals as stated, a cent off those of its categories', () => {
    const invoice = readFirst('invoices-detailed-odoo')
    expect(printTotal(invoice.total)).toBe('538.37 / 619.13')
    expect(formatDecimal(invoice.total.tax ?? { digits: 0n, scale: 0 })).toBe('80.76')
    expect(invoice).toMatchObject({
      nativeId: '7d0c41be2a5f4f6fa0b9e31c58d2a6f4/2026-10-31',
      state: 'UNPAID',
      rawState: 'not_paid',
      period: { month: '2026-10', start: '2026-10-01', endExclusive: '2026-11-01' },
      issuedOn: '2026-10-31',
      notices: [],
    })
    expect(invoice.buyer).toMatchObject({ nativeId: '7d0c41be2a5f4f6fa0b9e31c58d2a6f4', name: 'harakeke-hosting' })
  })

  it('keeps the order of categories, products and lines as sent', () => {
    const lines = readFirst('invoices-detailed-odoo').lineItems ?? []
    expect([...new Set(lines.map(line => line.rawType))]).toEqual([
      'Compute',
      'Block Storage',
      'Network',
      'Object Storage',
      'Discounts',
      'SLA Discount',
    ])
    expect(lines.map(line => line.position)).toEqual(lines.map((_, index) => index))
    expect(lines.slice(0, 4).map(line => line.name)).toEqual([
      'customer-ruru-web-1',
      'customer-ruru-web-2',
      'customer-ruru-db',
      'customer-ruru2-app',
    ])
  })

  it.each<[string, PrefixMatch, string]>([
    ['customer-ruru', 'STARTS_WITH', '12 lines 499.22'],
    ['customer-ruru-', 'STARTS_WITH', '9 lines 434.70'],
    ['', 'STARTS_WITH', '18 lines 538.37'],
    ['customer-p\u012bwakawaka', 'STARTS_WITH', '2 lines 56.96'],
    ['Customer-ruru', 'STARTS_WITH', '0 lines 0.00'],
    ['customer-ruru', 'SEGMENT', '10 lines 446.90'],
  ])('costs the customer %j (%s) %s', (prefix, match, cost) => {
    expect(costOf('invoices-detailed-odoo', prefix, match)).toBe(cost)
  })

  it('has no resource ids, and quantities and rates to the character', () => {
    const [line] = readFirst('invoices-detailed-odoo').lineItems ?? []
    expect(line?.resource).toEqual({
      resourceId: null,
      name: 'customer-ruru-web-1',
      region: 'nz-por-1',
      category: 'Compute',
      product: 'c1.c2r4',
    })
    expect(line?.quantity).toEqual({ digits: 7440n, scale: 1 })
    expect(line?.rate).toEqual({ digits: 124n, scale: 3 })
    expect(line?.unit).toBe('hour')
    expect(line && printTotal(line.cost)).toBe('92.26 / 106.1')
    expect(line?.cost.taxBasis).toBe('STATED')
  })
})

describeWithUpstream('an invoice computed from usage (sample from the folder beside the project)', () => {
  it('has the documented total, cost of the customer, and ids', () => {
    const invoice = readFirst('invoices-detailed-jsonfile')
    expect(printTotal(invoice.total)).toBe('491.03 / 564.68')
    expect(invoice.state).toBe('PAID')
    expect(costOf('invoices-detailed-jsonfile', 'customer-ruru')).toBe('11 lines 486.57')
    expect(invoice.lineItems?.[0]?.resource?.resourceId).toBe('342abf12-62bb-44c9-8601-e4503416e405')
    expect(invoice.notices).toEqual([])
  })

  it('shows an unnamed address under its product, and counts it for no customer', () => {
    const unnamed = readFirst('invoices-detailed-jsonfile').lineItems?.find(line => line.resource?.name === null)
    expect(unnamed).toMatchObject({ name: 'n1.ipv4', resource: { product: 'n1.ipv4', region: 'nz-por-1' } })
    expect(costOf('invoices-detailed-jsonfile', 'n1')).toBe('0 lines 0.00')
  })

  it('reads a free line with integers for cost and rate', () => {
    const free = readFirst('invoices-detailed-jsonfile').lineItems?.find(
      line => line.name === 'customer-ruru-router' && line.resource?.product === 'n1.national-in',
    )
    expect(free?.rate).toEqual({ digits: 0n, scale: 0 })
    expect(free?.cost.net).toEqual({ digits: 0n, scale: 0, currency: 'NZD' })
  })
})

describeWithUpstream('an invoice of 2017 (sample from the folder beside the project)', () => {
  it('states its total with tax: the net is the sum of the details', () => {
    const invoice = readFirst('invoices-legacy-2017')
    expect(printTotal(invoice.total)).toBe('75.38 / 86.69')
    expect(invoice.total.taxBasis).toBe('COMPUTED')
    expect(invoice.notices.map(notice => notice.code)).toEqual(['LEGACY_TAX'])
    expect(invoice).toMatchObject({ state: 'OPEN', rawState: 'open' })
    expect(costOf('invoices-legacy-2017', 'customer-ruru')).toBe('5 lines 94.92')
  })

  it('knows the region that has been closed since, and the old units', () => {
    const lines = readFirst('invoices-legacy-2017').lineItems ?? []
    expect(lines.find(line => line.name === 'customer-ruru-wlg')?.resource).toMatchObject({
      region: 'nz-wlg-2',
      product: 'n1.network',
    })
    expect(new Set(lines.map(line => line.unit))).toEqual(new Set(['Hour(s)', 'Unit(s)']))
    expect(lines.every(line => line.cost.taxBasis === 'COMPUTED')).toBe(true)
    expect(lines.find(line => line.rawType === 'Discounts')?.type).toBe('DISCOUNT')
  })
})

describeWithUpstream('odd invoices (sample from the folder beside the project)', () => {
  it('are read: an empty one, an unrounded category, a credit note', () => {
    const invoices = readInvoices(readSample('invoices-edge-odoo'))
    expect(invoices.map(invoice => `${invoice.issuedOn} ${printTotal(invoice.total)} ${invoice.state}`)).toEqual([
      '2026-03-31 0.0 / 0.0 PAID',
      '2026-04-30 0.9 / 1.04 UNPAID',
      '2026-05-31 0.0 / 0.0 PAID',
      '2026-06-30 -12.4 / -14.26 PAID',
    ])
    expect(invoices.map(invoice => invoice.lineItems?.length)).toEqual([0, 2, 1, 1])
    expect(invoices.flatMap(invoice => invoice.notices)).toEqual([])
    const refund = invoices[3]?.lineItems?.[0]
    expect(refund?.quantity).toEqual({ digits: -1000n, scale: 1 })
    expect(refund?.rate).toEqual({ digits: 124n, scale: 3 })
  })

  it('keep a name of two lines, and show a line without a name under its product', () => {
    const [, merged] = readInvoices(readSample('invoices-edge-odoo'))
    expect(merged?.lineItems?.map(line => [line.name, line.resource?.name])).toEqual([
      ['c1.c1r2', null],
      ['customer-ruru-web-1\nresized on 12 April', 'customer-ruru-web-1\nresized on 12 April'],
    ])
    if (!merged) throw new Error('the sample has changed')
    const named = (prefix: string) =>
      costOnInvoices([merged], { prefix, match: 'STARTS_WITH' }).lineItems.map(line => line.position)
    expect([named('c1'), named('customer-ruru'), named('')]).toEqual([[], [1], [0, 1]])
  })

  it('have no negative zero', () => {
    const [, , zero] = readInvoices(readSample('invoices-edge-odoo'))
    expect(zero && formatDecimal(zero.total.net)).toBe('0.0')
    expect(zero?.lineItems?.map(line => formatDecimal(line.cost.net))).toEqual(['0.0'])
  })
})

describeWithUpstream('summaries (sample from the folder beside the project)', () => {
  it('have states, totals and no lines', () => {
    const invoices = readInvoices(readSample('invoices-summary-odoo'))
    expect(invoices.map(invoice => `${invoice.issuedOn} ${printTotal(invoice.total)} ${invoice.state}`)).toEqual([
      '2026-05-31 606.77 / 697.79 PAID',
      '2026-06-30 587.36 / 675.46 PAID',
      '2026-07-16 -42.0 / -48.3 PAID',
      '2026-07-31 856.77 / 985.29 PAID',
      '2026-08-31 606.77 / 697.79 UNPAID',
      '2026-09-30 587.36 / 675.46 PENDING',
      '2026-10-31 538.37 / 619.13 UNPAID',
    ])
    expect(invoices.every(invoice => invoice.lineItems === null && invoice.notices.length === 0)).toBe(true)
  })
})

describeWithUpstream('quotations (samples from the folder beside the project)', () => {
  it('of a server with a price file state their tax', () => {
    const { total, lineItems } = readQuoted(readSample('quotations-detailed-jsonfile-por'))
    expect(printTotal(total)).toBe('324.43 / 373.1')
    expect(total.taxBasis).toBe('STATED')
    expect(lineItems).toHaveLength(12)
  })

  it('of a server with the ERP have their tax computed line by line', () => {
    const { total, lineItems } = readQuoted(readSample('quotations-detailed-odoo-hlz'))
    // 34.87 + 34.87 + 8.19 + 9.56, and not 76.07 × 1.15 = 87.48.
    expect(printTotal(total)).toBe('76.07 / 87.49')
    expect(total.taxBasis).toBe('COMPUTED')
    expect(lineItems.map(line => [line.cost.taxBasis, formatDecimal(line.cost.gross ?? line.cost.net)])).toEqual([
      ['COMPUTED', '34.87'],
      ['COMPUTED', '34.87'],
      ['COMPUTED', '8.19'],
      ['COMPUTED', '9.56'],
    ])
    expect(lineItems[0]?.resource?.resourceId).toBe('5f849a75-ad25-44ce-a0a6-c90f67a575c2')
  })
})

describeWithUpstream('drivers (samples from the folder beside the project)', () => {
  it.each(['odoo', 'jsonfile'] as const)('%s is recognised by its price list and by its lines', driver => {
    const [list, bills] = [readSample(`products-${driver}`), readSample(`invoices-detailed-${driver}`)]
    expect(driverOfProducts(decodeProducts(Buffer.from(list), ASKED))).toBe(driver)
    expect(driverOfInvoices(decodeInvoices(Buffer.from(bills), ASKED))).toBe(driver)
  })

  it('are not recognised by summaries', () => {
    const summary = decodeInvoices(Buffer.from(readSample('invoices-summary-odoo')), ASKED)
    expect(driverOfInvoices(summary)).toBeUndefined()
  })
})

describeWithUpstream('a token (sample from the folder beside the project)', () => {
  it('lists the regions of the rating service', async () => {
    const recording = { ...readRecording('003'), body: readSample('keystone-token-response') }
    await using keystone = await startReplay(recording)
    await using opened = openClient(settingsFor(`${keystone.url}/v3`), () => new Date('2026-11-21T09:20:00Z'))
    expect(await opened.client.regions()).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect((await opened.keystone.session()).roles).toEqual(['project_admin', '_member_'])
  })
})
