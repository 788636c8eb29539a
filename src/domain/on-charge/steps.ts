import { compareDecimals } from '../decimal.js'
import { addMoney, type Money, subtractMoney, sumMoney } from '../money.js'
import { chargeDescription, correctionName } from './charge-text.js'
import { type ChargedMonth, chargeIdentity, chargeMarker } from './charged-month.js'
import type { Charge, Charges } from './charges.js'
import type { OwnLine } from './own-lines.js'

/** What happens to a line: it is added, left as it is, removed and added with another cost, corrected by a further line, or removed. */
export type OnChargeAction = 'CREATE' | 'KEEP' | 'REPLACE' | 'ADJUST' | 'REMOVE'

/** One step of a plan. The costs of all steps but REMOVE sum to the total of the month. */
export interface OnChargeStep {
  readonly action: OnChargeAction
  /** `[bg1o:….0]`, at the end of the description. */
  readonly marker: string
  readonly name: string
  /** Without the marker. */
  readonly description: string
  /** Of the line after the step; of REMOVE, before it. Without tax. */
  readonly cost: Money
  /** The line that there is; null for a new one. */
  readonly line: { readonly invoiceId: string; readonly lineItemId: string } | null
}

/**
 * The steps from the lines that charge the month to those that should. While every line is on an open invoice, each is replaced for
 * itself. As soon as one can be issued at any moment, or is, the difference of the month is one line.
 */
export function stepsFor(month: ChargedMonth, charges: Charges, own: readonly OwnLine[]): readonly OnChargeStep[] {
  const open = own.filter(({ invoice }) => invoice.state === 'OPEN')
  const fixed = own.filter(({ invoice }) => invoice.state !== 'OPEN')
  if (fixed.length === 0) return stepsOnOpen(charges.charges, open)
  const { total } = charges
  const rest = subtractMoney(total, sumOf(fixed, total.currency))
  return [...fixed.map(keep), ...stepsOfRest(month, charges.charges, rest, open, fixed)]
}

function stepsOnOpen(charges: readonly Charge[], own: readonly OwnLine[]): readonly OnChargeStep[] {
  const byIdentity = Map.groupBy(own, ({ identity }) => identity)
  const wanted = charges.map(charge => {
    const [found] = byIdentity.get(charge.identity) ?? []
    if (!found) return create(charge)
    return isEqual(found.cost, charge.amount) ? keep(found) : replace(found, charge)
  })
  const kept = new Set(charges.map(({ identity }) => byIdentity.get(identity)?.[0]))
  return [...own.filter(line => !kept.has(line)).map(remove), ...wanted]
}

/** @param rest what is missing from the lines that are fixed */
function stepsOfRest(
  month: ChargedMonth,
  charges: readonly Charge[],
  rest: Money,
  open: readonly OwnLine[],
  fixed: readonly OwnLine[],
): readonly OnChargeStep[] {
  if (isEqual(sumOf(open, rest.currency), rest)) return open.map(keep)
  if (rest.digits === 0n) return open.map(remove)
  const [first, ...others] = open
  if (first) return [...others.map(remove), replace(first, { ...textOf(first), amount: rest })]
  return [correction(month, charges, rest, fixed)]
}

/** The line that corrects the one charge which differs, or else the month as a whole. */
function correction(
  month: ChargedMonth,
  charges: readonly Charge[],
  rest: Money,
  fixed: readonly OwnLine[],
): OnChargeStep {
  const byIdentity = Map.groupBy(fixed, ({ identity }) => identity)
  const differing = charges.filter(({ identity, amount }) => {
    return !isEqual(sumOf(byIdentity.get(identity) ?? [], amount.currency), amount)
  })
  const [only, ...more] = differing
  if (only && more.length === 0) {
    const charged = byIdentity.get(only.identity) ?? []
    if (isEqual(addMoney(sumOf(charged, rest.currency), rest), only.amount)) return add(only, rest, charged)
  }
  const name = correctionName(month.month)
  const identity = chargeIdentity(month, 'CORRECTION', name)
  return add(
    { identity, name, description: chargeDescription(month.month, []) },
    rest,
    byIdentity.get(identity) ?? [],
    true,
  )
}

function create(charge: Charge): OnChargeStep {
  return add(charge, charge.amount, [])
}

function add(
  { identity, name, description }: Omit<Charge, 'amount' | 'kind'>,
  cost: Money,
  before: readonly OwnLine[],
  isCorrection = before.length > 0,
): OnChargeStep {
  const number = Math.max(-1, ...before.map(line => line.number)) + 1
  const action = isCorrection ? 'ADJUST' : 'CREATE'
  return { action, marker: chargeMarker(identity, number), name, description, cost, line: null }
}

function keep(own: OwnLine): OnChargeStep {
  return {
    action: 'KEEP',
    marker: own.marker,
    ...textOf(own),
    cost: sumOf([own], own.cost.currency),
    line: placeOf(own),
  }
}

function remove(own: OwnLine): OnChargeStep {
  return { ...keep(own), action: 'REMOVE' }
}

/** A line with the same marker and another cost. */
function replace(
  own: OwnLine,
  { name, description, amount }: Pick<Charge, 'name' | 'description' | 'amount'>,
): OnChargeStep {
  return { action: 'REPLACE', marker: own.marker, name, description, cost: amount, line: placeOf(own) }
}

function textOf({ line, marker }: OwnLine): Pick<OnChargeStep, 'name' | 'description'> {
  return { name: line.name, description: (line.description ?? '').trimEnd().slice(0, -marker.length).trimEnd() }
}

function placeOf({ invoice, line }: OwnLine): OnChargeStep['line'] {
  return { invoiceId: invoice.nativeId, lineItemId: line.nativeId ?? '' }
}

function sumOf(own: readonly OwnLine[], currency: string): Money {
  return sumMoney(
    own.map(({ cost }) => cost),
    currency,
  )
}

function isEqual(left: Money, right: Money): boolean {
  return compareDecimals(left, right) === 0
}
