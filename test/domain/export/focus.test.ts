import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { CustomerTags } from '../../../src/domain/export/customer-tags.js'
import { FOCUS } from '../../../src/domain/export/focus.js'
import { FOCUS_COLUMNS } from '../../../src/domain/export/focus-columns.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { parseMoney, sumMoney } from '../../../src/domain/money.js'
import { addExactTax } from '../../../src/domain/taxed-money.js'
import { invoice, line, nzd, resourceLine } from '../bills.js'
import { breachesOf, MANDATORY, OPTIONAL } from './focus-rules.js'

const noTags: CustomerTags = () => null

type Row = Readonly<Record<string, string | null>>

function rowsOf(one: Invoice, tags = noTags): readonly Row[] {
  return FOCUS.rowsOf(one, tags).map(({ cells }) =>
    Object.fromEntries(
      FOCUS.columns.map(({ name }, index) => {
        const cell = cells[index] ?? null
        return [name, cell === null || typeof cell === 'string' ? cell : formatDecimal(cell)]
      }),
    ),
  )
}

const sold: Partial<Invoice> = {
  source: 'THREESCALE',
  nativeId: '1201',
  number: '2026-10-00000005',
  creationType: 'BACKGROUND',
  paidAt: '2026-11-20T08:09:10.123Z',
  hasPayments: true,
  provider: { kind: 'Provider', source: 'THREESCALE', nativeId: '4', name: 'Kauri APIs', address: null },
  buyer: { kind: 'Buyer', source: 'THREESCALE', nativeId: '71', name: 'Nimbus', deleted: false, address: null },
}

const vat = parseDecimal('0.21')

function soldLine(members: Parameters<typeof line>[0], cost: string) {
  return line({ source: 'THREESCALE', resource: null, cost: addExactTax(parseMoney(cost, 'EUR'), vat), ...members })
}

describe('the columns of FOCUS 1.2', () => {
  it('are those of the specification, each once, and others with the prefix x_', () => {
    const names = FOCUS_COLUMNS.map(({ name }) => name as string)
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(MANDATORY)).toHaveLength(21)
    expect(
      FOCUS_COLUMNS.filter(({ isMandatory }) => isMandatory)
        .map(({ name }) => name as string)
        .toSorted(),
    ).toEqual(Object.keys(MANDATORY).toSorted())
    const own = names.filter(name => name.startsWith('x_'))
    expect(names.filter(name => !own.includes(name)).toSorted()).toEqual(
      [...Object.keys(MANDATORY), ...Object.keys(OPTIONAL)].toSorted(),
    )
  })

  it('agree with the specification on what may be null, and on the values that are allowed', () => {
    for (const { name, isNullable, values } of FOCUS_COLUMNS) {
      const rule = { ...MANDATORY, ...OPTIONAL }[name]
      if (!rule) continue
      expect([name, isNullable]).toEqual([name, rule.isNullable])
      for (const value of values ?? []) expect(value).toMatch(rule.form)
    }
  })
})

describe('an invoice of Catalyst Cloud as FOCUS', () => {
  const bill = invoice({
    total: nzd('22.86'),
    lineItems: [
      {
        ...resourceLine('customer-wcc', '11.43', { resourceId: 'abc' }),
        rate: parseDecimal('0.0164'),
        quantity: parseDecimal('697.0'),
        unit: 'Hour(s)',
      },
      { ...resourceLine('db', '13.43', { category: 'Database', product: 'db.small' }), quantity: parseDecimal('-1') },
      line({ type: 'DISCOUNT', cost: nzd('-2.00'), name: 'Discount' }),
    ],
  })

  it('has a row for each line, and one for the tax', () => {
    const rows = rowsOf(bill, one => (one.name === 'customer-wcc' ? { customer: 'wcc', prefix: 'customer-wcc' } : null))
    expect(rows).toHaveLength(4)
    expect(rows[0]).toMatchObject({
      BilledCost: '11.43',
      EffectiveCost: '11.43',
      ListCost: '11.43080',
      ContractedCost: '11.43080',
      ListUnitPrice: '0.0164',
      PricingQuantity: '697.0',
      PricingUnit: 'Hours',
      ConsumedQuantity: '697.0',
      ChargeCategory: 'Usage',
      ChargeClass: null,
      ChargeDescription: 'c1.c2r4, 0.0164 per Hours',
      ServiceCategory: 'Compute',
      RegionId: 'nz-por-1',
      ResourceId: 'abc',
      ResourceType: 'c1',
      SkuPriceId: 'c1.c2r4@0.0164',
      SubAccountType: 'Project',
      BillingCurrency: 'NZD',
      BillingPeriodStart: '2026-10-01T00:00:00Z',
      BillingPeriodEnd: '2026-11-01T00:00:00Z',
      Tags: '{"customer":"wcc","prefix":"customer-wcc"}',
      x_InvoiceIdSynthetic: 'true',
      x_Ledger: 'COST',
      x_CostTaxed: '13.14',
    })
    expect(rows[1]).toMatchObject({ ChargeClass: 'Correction', ServiceCategory: 'Databases', Tags: null })
    expect(rows[2]).toMatchObject({ ChargeCategory: 'Credit', BilledCost: '-2.00', ConsumedQuantity: null })
    expect(rows[3]).toMatchObject({ ChargeCategory: 'Tax', BilledCost: '3.43', PricingQuantity: null })
  })

  it('shows charges that are not listed as an adjustment, and as all of the bill when no line is', () => {
    expect(rowsOf({ ...bill, total: nzd('30.00') }).at(-2)).toMatchObject({
      ChargeCategory: 'Adjustment',
      BilledCost: '7.14',
    })
    expect(rowsOf({ ...bill, lineItems: null }).map(row => [row.ChargeCategory, row.BilledCost])).toEqual([
      ['Adjustment', '22.86'],
      ['Tax', '3.43'],
    ])
  })
})

describe('an invoice of 3scale as FOCUS', () => {
  it('tells usage, plans, manual charges and credits apart, and has the payment', () => {
    const rows = rowsOf(
      invoice({
        ...sold,
        total: addExactTax(parseMoney('49.99', 'EUR'), vat),
        lineItems: [
          soldLine({ type: 'VARIABLE_COST', quantity: parseDecimal('4'), metricId: '801' }, '10.00'),
          soldLine({ type: 'VARIABLE_COST', quantity: parseDecimal('3') }, '10.00'),
          soldLine({ type: 'PLAN_COST', planId: '31', contractId: '501' }, '29.99'),
          soldLine({ type: 'MANUAL' }, '5'),
          soldLine({ type: 'MANUAL' }, '-5'),
        ],
      }),
    )
    expect(rows.slice(0, 5).map(row => [row.ChargeCategory, row.ChargeFrequency, row.ListUnitPrice])).toEqual([
      ['Usage', 'Usage-Based', '2.5000000000'],
      ['Usage', 'Usage-Based', null],
      ['Purchase', 'Recurring', null],
      ['Adjustment', 'One-Time', null],
      ['Credit', 'One-Time', null],
    ])
    expect(rows[2]).toMatchObject({
      SkuId: '31',
      SubAccountId: '501',
      InvoiceId: '2026-10-00000005',
      ProviderName: 'Kauri APIs',
      BillingAccountName: 'Nimbus',
      x_InvoiceKey: 'threescale:invoice:1201',
      x_InvoiceIdSynthetic: 'false',
      x_State: 'PAID',
      x_PaidAt: '2026-11-20T08:09:10Z',
      x_HasPayments: 'true',
      x_CreationType: 'BACKGROUND',
      x_Ledger: 'REVENUE',
    })
  })

  it('is left out when it was cancelled', () => {
    expect(rowsOf(invoice({ ...sold, state: 'CANCELLED' }))).toEqual([])
  })
})

describe('any invoice as FOCUS', () => {
  const amount = fc
    .bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
    .chain(digits => fc.integer({ min: 0, max: 8 }).map(scale => ({ digits, scale, currency: 'EUR' })))
  const lines = fc.array(
    fc.record({
      cost: amount,
      quantity: fc.option(amount),
      rate: fc.option(amount),
      unit: fc.constantFrom(null, 'Hour(s)', 'NZD', 'Gigabyte-hour(s)'),
      type: fc.constantFrom(
        'PLAN_COST',
        'VARIABLE_COST',
        'MANUAL',
        'RESOURCE_USAGE',
        'DISCOUNT',
        'CREDIT',
        'SUPPORT',
        'UNKNOWN',
      ),
      hasResource: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  const bills = fc
    .record({
      source: fc.constantFrom('CATALYST' as const, 'THREESCALE' as const),
      lines,
      net: amount,
      tax: fc.option(amount),
      gross: amount,
      isListed: fc.boolean(),
    })
    .map(({ source, lines: drawn, net, tax, gross, isListed }) => {
      const lineItems = drawn.map(({ cost, hasResource, ...members }) =>
        line({
          ...members,
          source,
          cost: addExactTax(cost, vat),
          resource: hasResource
            ? { resourceId: 'r1', name: 'web', region: null, category: 'Compute', product: 'c1.c1r1' }
            : null,
        }),
      )
      const total = { net, tax, gross, taxRate: vat, taxBasis: 'STATED' as const }
      const shared = { total, lineItems: isListed ? lineItems : null }
      return source === 'CATALYST' ? invoice(shared) : invoice({ ...sold, ...shared })
    })

  it('keeps every rule of the specification', () => {
    fc.assert(
      fc.property(bills, bill => {
        expect(rowsOf(bill).flatMap(breachesOf)).toEqual([])
      }),
    )
  })

  it('has rows whose BilledCost adds up to the total with tax as stated, exactly', () => {
    fc.assert(
      fc.property(bills, bill => {
        const sum = sumMoney(
          FOCUS.rowsOf(bill, noTags).map(row => row.amount),
          'EUR',
        )
        expect(bill.total.gross && compareDecimals(sum, bill.total.gross)).toBe(0)
      }),
    )
  })
})
