import { compareDecimals, parseDecimal } from '../../domain/decimal.js'
import type * as wire from '../../upstream/threescale/wire.js'
import { isUnsettled, type WriteIntent } from '../intent.js'
import { lineMarker, onChargeMarkerIn } from '../marker.js'
import { refuse } from '../refusal.js'
import type { WriteContext } from './operation.js'

/**
 * The issue gate. An issued invoice cannot be mended: every write to it must be settled, what was written must be there once, and the
 * last request must have left so long ago that nothing can still arrive.
 *
 * @throws WriteRefusedError that says what is missing
 */
export function requireReadyToIssue(invoice: wire.Invoice, { ofTarget, now, settleMs }: WriteContext): void {
  const missing = [
    ...unsettled(ofTarget),
    ...missingLines(invoice, ofTarget),
    ...unfinishedRuns(ofTarget),
    ...otherCurrency(invoice, ofTarget),
    ...quietPeriod(ofTarget, now, settleMs),
    ...deletedBuyer(invoice),
  ]
  if (missing.length > 0)
    throw refuse('ISSUE_BLOCKED', `The invoice is not ready to be issued: ${missing.join('; ')}.`, 'state')
}

/** A write whose outcome is not known yet can be settled before this one is sent, and what it has made would not have been looked at. */
function unsettled(ofTarget: readonly WriteIntent[]): readonly string[] {
  return ofTarget.filter(isUnsettled).map(({ key }) => `the outcome of an earlier write (${key}) is not known yet`)
}

function missingLines(invoice: wire.Invoice, ofTarget: readonly WriteIntent[]): readonly string[] {
  const done = withoutReplaced(ofTarget.filter(({ state }) => state === 'DONE'))
  const removed = done.flatMap(({ input }) => (input.operation === 'removeLineItem' ? [input.lineItemId] : []))
  return done.flatMap(intent => {
    const { input, result } = intent
    if (input.operation !== 'addLineItem') return []
    const marker = lineMarker(intent)
    const found = invoice.lineItems.filter(({ description }) => description.endsWith(marker))
    const [line] = found
    const name = JSON.stringify(input.name)
    if (removed.includes(result?.lineItemId ?? '')) {
      return line ? [`line item ${name} was removed, and is on it again (${line.id})`] : []
    }
    if (!line) {
      const isOnCharged = onChargeMarkerIn(input) !== null
      const ways = `${isOnCharged ? 'on-charge the month again, or ' : ''}issue the invoice in the portal`
      return [`line item ${name} (${result?.lineItemId}) is no longer on it; if that is intended, ${ways}`]
    }
    if (found.length > 1) return [`line item ${name} is on it ${found.length} times`]
    const isSame = compareDecimals(parseDecimal(line.cost), parseDecimal(input.cost)) === 0
    return isSame ? [] : [`line item ${name} costs ${line.cost} instead of ${input.cost}`]
  })
}

/** Of several lines with one on-charge marker, the last one replaced the others. */
function withoutReplaced(done: readonly WriteIntent[]): readonly WriteIntent[] {
  const last = new Map(done.map(intent => [onChargeMarkerIn(intent.input) ?? intent.id, intent]))
  return done.filter(intent => last.get(onChargeMarkerIn(intent.input) ?? intent.id) === intent)
}

/** An invoice with a part of its on-charged lines bills neither the old nor the new total. */
function unfinishedRuns(ofTarget: readonly WriteIntent[]): readonly string[] {
  const runs = ofTarget.filter(({ input, state }) => input.operation === 'onCharge' && state === 'RECORDED')
  return runs.map(({ key }) => `the on-charge with the key ${key} is not finished`)
}

/** 3scale keeps lines without a currency: an open invoice is in that of its tenant, which can change. */
function otherCurrency({ currency }: wire.Invoice, ofTarget: readonly WriteIntent[]): readonly string[] {
  const planned = ofTarget.flatMap(({ input, state }) =>
    input.operation === 'onCharge' && state === 'DONE' ? [input.currency] : [],
  )
  const last = planned.at(-1)
  return last === undefined || last === currency ? [] : [`it is in ${currency}, and was on-charged in ${last}`]
}

function quietPeriod(ofTarget: readonly WriteIntent[], now: Date, settleMs: number): readonly string[] {
  const last = Math.max(0, ...ofTarget.map(({ sentAt }) => (sentAt === null ? 0 : Date.parse(sentAt))))
  const from = new Date(last + settleMs)
  return from <= now ? [] : [`it was written to a moment ago: issue it after ${from.toISOString()}`]
}

function deletedBuyer({ buyer }: wire.Invoice): readonly string[] {
  return 'status' in buyer ? ['its buyer was deleted'] : []
}
