import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
} from '../../../src/domain/decimal.js'
import type { InvoiceState } from '../../../src/domain/invoice.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { sumMoney } from '../../../src/domain/money.js'
import { type OnChargePlan, planOnCharge } from '../../../src/domain/on-charge/plan.js'
import type { Markup, OnChargeTerms } from '../../../src/domain/on-charge/terms.js'
import { Random } from '../../fuzz/random.js'
import { resourceLine } from '../bills.js'
import { Ledger } from './ledger.js'

const RUNS = 10_000
const ZERO = parseDecimal('0.00')
const CENT = { digits: 1n, scale: 2 }

const amount = fc
  .tuple(fc.integer({ min: -200_000, max: 2_000_000 }), fc.integer({ min: 2, max: 6 }))
  .map(([digits, scale]) => formatDecimal({ digits: BigInt(digits), scale }))
const lines = fc.array(
  fc
    .tuple(fc.constantFrom(...'abcdefgh'), amount, fc.constantFrom('Compute', 'Network'))
    .map(([name, net, category]) => resourceLine(name, net, { category })),
  { minLength: 1, maxLength: 9 },
)
const decimal = (max: number, scale: number) =>
  fc.integer({ min: 1, max }).map((digits): Decimal => ({ digits: BigInt(digits), scale }))
const terms: fc.Arbitrary<OnChargeTerms> = fc.record({
  markup: fc.oneof(
    fc.constant(null),
    decimal(1_000_000, 4).map((percent): Markup => ({ percent })),
    decimal(10_000, 2).map((fixed): Markup => ({ fixed })),
  ),
  groupBy: fc.constantFrom('RESOURCE', 'CATEGORY', 'TYPE'),
  exchangeRate: fc.oneof(fc.constant(null), decimal(3_000_000, 6)),
  invoiceMonth: fc.constant(null),
})
const state = fc.constantFrom<InvoiceState>('OPEN', 'FINALIZED', 'PENDING', 'PAID', 'CANCELLED')

function planFor(ledger: Ledger, bill: readonly LineItem[], given: OnChargeTerms, running: string): OnChargePlan {
  const cost = { customerKey: 'wcc', buyerId: '101', month: '2026-10', currency: 'NZD', buyers: ['101'], lines: bill }
  return planOnCharge(cost, given, { invoices: ledger.invoices, running, safetyFactor: 3 })
}

function randomBill(random: Random): readonly LineItem[] {
  return Array.from({ length: 1 + random.below(6) }, () => {
    const digits = BigInt(random.below(2_200_000) - 200_000)
    const name = random.pick(['a', 'b', 'c', 'd', 'e'])
    return resourceLine(name, formatDecimal({ digits, scale: 2 + random.below(5) }))
  })
}

function randomTerms(random: Random): OnChargeTerms {
  const markup = random.pick<OnChargeTerms['markup']>([
    null,
    { percent: { digits: BigInt(1 + random.below(1_000_000)), scale: 4 } },
    { fixed: { digits: BigInt(1 + random.below(10_000)), scale: 2 } },
  ])
  const rate = { digits: BigInt(1 + random.below(3_000_000)), scale: 6 }
  return {
    markup,
    groupBy: random.pick(['RESOURCE', 'CATEGORY', 'TYPE']),
    exchangeRate: random.pick([null, rate]),
    invoiceMonth: null,
  }
}

/** Cost, rate and markup, not rounded. */
function exactTotal(bill: readonly LineItem[], { markup, exchangeRate }: OnChargeTerms): Decimal {
  const net = sumMoney(
    bill.map(({ cost }) => cost.net),
    'NZD',
  )
  const converted = exchangeRate ? multiplyDecimals(net, exchangeRate) : net
  if (markup === null) return converted
  if ('fixed' in markup) return addDecimals(converted, markup.fixed)
  const percent = { ...markup.percent, scale: markup.percent.scale + 2 }
  return addDecimals(converted, multiplyDecimals(converted, percent))
}

/** A ledger with an invoice in the currency of the terms. */
function newLedger({ exchangeRate }: OnChargeTerms): Ledger {
  const ledger = new Ledger(exchangeRate ? 'EUR' : 'NZD')
  ledger.open('2026-11')
  return ledger
}

/** The sum of all that a plan leaves on invoices. */
function sumOfSteps({ steps, total }: OnChargePlan): string {
  const left = steps.filter(({ action }) => action !== 'REMOVE').map(({ cost }) => cost)
  return formatDecimal(sumMoney(left, total.currency))
}

describe('any bill and markup', () => {
  it(`is charged as planned, to the cent, over ${RUNS.toLocaleString('en')} bills`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = new Random(1, seed)
      const [bill, given] = [randomBill(random), randomTerms(random)]
      const ledger = newLedger(given)
      const plan = planFor(ledger, bill, given, '2026-11')
      ledger.apply(plan)
      const total = formatDecimal(roundDecimal(addDecimals(exactTotal(bill, given), ZERO), 2, 'HALF_EVEN'))
      const found = [formatDecimal(plan.total), sumOfSteps(plan), ledger.charged]
      if (found.some(sum => sum !== total)) expect({ seed, found }).toEqual({ seed, found: Array(3).fill(total) })
    }
  }, 120_000)

  it('has each line less than a cent off its exact cost', () => {
    fc.assert(
      fc.property(lines, decimal(1_000_000, 4), (bill, percent) => {
        const given = { groupBy: 'RESOURCE', exchangeRate: null, invoiceMonth: null, markup: { percent } } as const
        const plan = planFor(new Ledger(), bill, given, '2026-11')
        for (const [name, own = []] of Object.entries(Object.groupBy(bill, line => line.name))) {
          const cost = plan.steps.find(step => step.name === name)?.cost ?? { digits: 0n, scale: 2 }
          const off = subtractDecimals(cost, exactTotal(own, given))
          expect(compareDecimals(off.digits < 0n ? { ...off, digits: -off.digits } : off, CENT)).toBeLessThan(0)
        }
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('is corrected to the new total in every state of the invoice, by one write where it can be issued at any moment', () => {
    fc.assert(
      fc.property(lines, lines, lines, terms, terms, state, state, (first, second, third, before, after, ...states) => {
        const given = { ...after, exchangeRate: before.exchangeRate }
        const ledger = newLedger(before)
        ledger.apply(planFor(ledger, first, before, '2026-11'))
        for (const [index, bill] of [second, third].entries()) {
          ledger.setStates(states[index] ?? 'OPEN')
          const plan = planFor(ledger, bill, given, index === 0 ? '2026-11' : '2026-12')
          const writes = ledger.apply(plan)
          expect([sumOfSteps(plan), ledger.charged]).toEqual(Array(2).fill(formatDecimal(plan.total)))
          expect(writes.filter(one => one !== 'OPEN').length).toBeLessThanOrEqual(1)
          expect(writes).not.toContain('PENDING')
          expect(writes).not.toContain('PAID')
          const again = planFor(ledger, bill, given, '2026-12')
          expect(again.steps.every(({ action }) => action === 'KEEP')).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('is corrected after any number of its writes', () => {
    fc.assert(
      fc.property(lines, lines, terms, fc.nat(20), (first, second, given, count) => {
        const ledger = newLedger(given)
        ledger.apply(planFor(ledger, first, given, '2026-11'))
        const interrupted = planFor(ledger, second, given, '2026-11')
        ledger.apply(interrupted, count)
        const rest = planFor(ledger, second, given, '2026-11')
        ledger.apply(rest)
        expect(ledger.charged).toBe(formatDecimal(rest.total))
        expect(rest.total).toEqual(interrupted.total)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})
