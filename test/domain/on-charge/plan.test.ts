import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { type OnChargePlan, planOnCharge } from '../../../src/domain/on-charge/plan.js'
import { isBeyond } from '../../../src/domain/on-charge/safety-limit.js'
import type { ChargeableCost, OnChargeTerms } from '../../../src/domain/on-charge/terms.js'
import { line, resourceLine } from '../bills.js'
import { Ledger } from './ledger.js'

const RUNNING = '2026-11'
const TERMS: OnChargeTerms = { markup: null, groupBy: 'RESOURCE', exchangeRate: null, invoiceMonth: null }
const TWENTY = { ...TERMS, markup: { percent: parseDecimal('20') } }

const cost = (lines: readonly LineItem[], members: Partial<ChargeableCost> = {}): ChargeableCost => ({
  ...{ customerKey: 'wcc', buyerId: '101', month: '2026-10', currency: 'NZD', buyers: ['101'], lines },
  ...members,
})

/** The seven resources of customer-wcc in July 2017: 81.69. */
const WCC = ['a', 'b', 'c', 'd']
  .map(name => resourceLine(name, '11.85'))
  .concat(['e', 'f', 'g'].map(name => resourceLine(name, '11.43')))

function plan(
  ledger: Ledger,
  lines: readonly LineItem[],
  terms: OnChargeTerms = TERMS,
  running = RUNNING,
): OnChargePlan {
  return planOnCharge(cost(lines), terms, { invoices: ledger.invoices, running, safetyFactor: 3 })
}

/** `CREATE a 14.22` and the like. */
const shown = ({ steps }: OnChargePlan) => steps.map(one => `${one.action} ${one.name} ${formatDecimal(one.cost)}`)
const refusal = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as { refusal?: unknown }).refusal ?? error
  }
  return null
}

describe('the plan to on-charge a month', () => {
  it('is a line for each resource; the total is rounded once and divided by largest remainder, ties by name', () => {
    const { steps, total, target } = plan(new Ledger(), WCC, TWENTY)
    // 81.69 × 1.20 = 98.028. Four lines of 14.22 and three of 13.716: 98.03 − 97.98 = 0.05 less whole cents.
    expect(formatDecimal(total)).toBe('98.03')
    expect(steps.map(one => formatDecimal(one.cost))).toEqual([...Array(4).fill('14.22'), '13.72', '13.72', '13.71'])
    expect(target).toEqual({ invoiceId: null, month: RUNNING, state: 'OPEN' })
  })

  it('keeps what is there, replaces what costs something else, and removes what is gone', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    expect(shown(plan(ledger, WCC))).toEqual(WCC.map(({ name, cost: { net } }) => `KEEP ${name} ${formatDecimal(net)}`))
    const changed = [...WCC.slice(0, 5), resourceLine('f', '12.00'), resourceLine('h', '1.00')]
    expect(shown(plan(ledger, changed)).filter(step => !step.startsWith('KEEP'))).toEqual([
      'REMOVE g 11.43',
      'REPLACE f 12.00',
      'CREATE h 1.00',
    ])
  })

  it('corrects by one line once the invoice is finalized, named after the only resource that changed', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    ledger.setStates('FINALIZED')
    const changed = [...WCC.slice(0, 6), resourceLine('g', '12.00')]
    const adjusted = plan(ledger, changed)
    expect(shown(adjusted).filter(step => !step.startsWith('KEEP'))).toEqual(['ADJUST g 0.57'])
    expect(adjusted.steps.at(-1)?.marker).toMatch(/\.1\]$/)
    expect(adjusted.target).toMatchObject({ invoiceId: ledger.invoices[0]?.nativeId, state: 'FINALIZED' })
    ledger.apply(adjusted)
    expect(plan(ledger, changed).steps.every(({ action }) => action === 'KEEP')).toBe(true)
  })

  it('corrects several resources by one line for the month', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    ledger.setStates('FINALIZED')
    const steps = shown(plan(ledger, WCC.slice(0, 5))).filter(step => !step.startsWith('KEEP'))
    expect(steps).toEqual(['ADJUST Correction of October 2026 -22.86'])
  })

  it('puts the correction onto the next invoice once the first is issued', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    ledger.setStates('PENDING')
    const next = ledger.open('2026-12')
    const corrected = plan(ledger, [...WCC.slice(0, 6), resourceLine('g', '12.00')], TERMS, '2026-12')
    expect(corrected.target).toEqual({ invoiceId: next, month: '2026-12', state: 'OPEN' })
    ledger.apply(corrected)
    const again = plan(ledger, [...WCC.slice(0, 6), resourceLine('g', '13.00')], TERMS, '2026-12')
    expect(shown(again).filter(step => !step.startsWith('KEEP'))).toEqual(['REPLACE g 1.57'])
  })

  it('charges again what was on an invoice that was cancelled', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    ledger.setStates('CANCELLED')
    expect(plan(ledger, WCC).steps.map(({ action }) => action)).toEqual(Array(7).fill('CREATE'))
  })

  it('never touches lines of other origin, and reports markers that nothing explains', () => {
    const ledger = new Ledger()
    const foreign = line({ nativeId: '1', name: 'a', description: 'by hand', cost: WCC[0]?.cost as LineItem['cost'] })
    const unknown = { ...foreign, nativeId: '2', description: 'x [bg1o:aaaaaaaaaaaaaaaa.0]' }
    ledger.open(RUNNING, [foreign, unknown])
    const found = plan(ledger, WCC)
    expect(found.steps.map(({ action }) => action)).toEqual(Array(7).fill('CREATE'))
    expect(found.unexplained.map(one => one.line.nativeId)).toEqual(['2'])
  })

  it('recognises a line that was renamed by hand, and leaves it as it is', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    ledger.invoices = ledger.invoices.map(one => ({
      ...one,
      lineItems: (one.lineItems ?? []).map((item, index) => (index === 0 ? { ...item, name: 'Router' } : item)),
    }))
    expect(plan(ledger, WCC).steps.map(({ action }) => action)).toEqual(Array(7).fill('KEEP'))
  })

  it('replaces the lines of another grouping', () => {
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    const steps = shown(plan(ledger, WCC, { ...TERMS, groupBy: 'CATEGORY' }))
    expect(steps.filter(step => step.startsWith('REMOVE'))).toHaveLength(7)
    expect(steps.filter(step => !step.startsWith('REMOVE'))).toEqual(['CREATE Compute 81.69'])
  })

  it('has a line for a fixed markup, and none for what costs nothing', () => {
    const terms = { ...TERMS, markup: { fixed: parseDecimal('5') } }
    expect(shown(plan(new Ledger(), [resourceLine('a', '1.00'), resourceLine('z', '0.00')], terms))).toEqual([
      'CREATE Markup 5.00',
      'CREATE a 1.00',
    ])
  })

  it('names and describes lines in what 3scale can store: 255 characters with the marker, no emoji', () => {
    const long = resourceLine(`🙂${'x'.repeat(300)}`, '1.00')
    const used = Array.from({ length: 40 }, (_, index) => ({
      ...resourceLine('web', '1.00', { product: `c1.c2r4-${index}` }),
      quantity: parseDecimal('744.0000'),
      unit: 'hour',
    }))
    const { steps } = plan(new Ledger(), [long, ...used])
    for (const { name, description, marker } of steps) {
      expect(name.length).toBeLessThanOrEqual(255)
      expect(`${description} ${marker}`.length).toBeLessThanOrEqual(255)
      expect(name + description).not.toMatch(/[\ud800-\udfff]/)
    }
    expect(steps[1]?.name.startsWith('?x') || steps[0]?.name.startsWith('?x')).toBe(true)
    expect(steps.find(({ name }) => name === 'web')?.description).toMatch(/^October 2026: c1.c2r4-0 744 hour; .*…$/)
  })

  it('converts at the rate, and needs one if and only if the currencies differ', () => {
    const ledger = new Ledger('EUR')
    ledger.open(RUNNING)
    const rate = { ...TERMS, exchangeRate: parseDecimal('0.55') }
    const { total } = plan(ledger, WCC, rate)
    expect([formatDecimal(total), total.currency]).toEqual(['44.93', 'EUR'])
    expect(refusal(() => plan(ledger, WCC))).toMatchObject({ code: 'CURRENCY_MISMATCH', field: ['exchangeRate'] })
    const same = new Ledger()
    same.open(RUNNING)
    expect(refusal(() => plan(same, WCC, rate))).toMatchObject({ code: 'CURRENCY_MISMATCH' })
    expect(refusal(() => plan(new Ledger(), WCC, rate))).toMatchObject({ code: 'CURRENCY_MISMATCH' })
  })

  it('refuses an invoice before the month of service, and a month that another buyer was charged for', () => {
    expect(refusal(() => plan(new Ledger(), WCC, { ...TERMS, invoiceMonth: '2026-09' }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: ['invoiceMonth'],
    })
    const ledger = new Ledger()
    ledger.apply(plan(ledger, WCC))
    const other = () =>
      planOnCharge(cost(WCC, { buyerId: '102', buyers: ['101', '102'] }), TERMS, {
        ...{ invoices: ledger.invoices, running: RUNNING, safetyFactor: 3 },
      })
    expect(refusal(other)).toMatchObject({ code: 'CONFLICT', field: ['customer'] })
  })

  it('has the same hash until something moves, also after its invoice was created', () => {
    const ledger = new Ledger()
    const { hash } = plan(ledger, WCC)
    expect(plan(ledger, WCC.toReversed()).hash).toBe(hash)
    ledger.open(RUNNING)
    expect(plan(ledger, WCC).hash).toBe(hash)
    expect(plan(ledger, WCC, TWENTY).hash).not.toBe(hash)
    ledger.apply(plan(ledger, WCC))
    const kept = plan(ledger, WCC).hash
    expect(kept).not.toBe(hash)
    ledger.setStates('FINALIZED')
    expect(plan(ledger, WCC).hash).not.toBe(kept)
  })

  it('is unusual beyond three times the median of the months before', () => {
    const ledger = new Ledger()
    for (const [month, amount] of [
      ['2026-07', '10.00'],
      ['2026-08', '30.00'],
      ['2026-09', '20.00'],
    ] as const) {
      const before = cost([resourceLine('a', amount)], { month })
      ledger.apply(planOnCharge(before, TERMS, { invoices: ledger.invoices, running: RUNNING, safetyFactor: 3 }))
    }
    const limitOf = (amount: string) => {
      const { total, limit } = plan(ledger, [resourceLine('a', amount)])
      return [limit && formatDecimal(limit), isBeyond(total, limit)]
    }
    expect([limitOf('60.00'), limitOf('60.01'), limitOf('-60.01')]).toEqual([
      ['60.00', false],
      ['60.00', true],
      ['60.00', true],
    ])
    expect(plan(new Ledger(), WCC).limit).toBeNull()
  })
})
