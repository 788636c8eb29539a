import { ISSUE, LINE, type Row, SAME_LINE, SETTLE, type State } from './state.js'

/**
 * What is wrong in a state; null for nothing. Nothing is wrong with two line items on an invoice that can be changed while recovery has
 * yet to look, or once a person was told.
 *
 * @param sweeps true when recovery looks again at what is done
 */
export function findViolation(state: State, sweeps: boolean): string | null {
  const { lines, rows, isIssuedByUs, isReported } = state
  const total = lines.reduce((sum, count) => sum + count, 0)
  if (total > 1 && isIssuedByUs && !isReported) return 'the gateway has issued an invoice with a double line item'
  for (const intent of [LINE, SAME_LINE]) {
    const { state: told } = rows[intent] as Row
    const count = lines[intent] as number
    if (told === 'DONE' && count === 0) return 'told DONE, but the line item is absent'
    const isDenied = told === 'REJECTED' || told === 'ABSENT' || told === 'EXPIRED'
    if (isDenied && count > 0) return `told ${told}, but the line item is there`
  }
  if ((rows[ISSUE] as Row).state === 'DONE' && !state.isIssued) return 'told DONE, but the invoice is not issued'
  return total > 1 && !isReported && isAtRest(state, sweeps)
    ? 'a double line item that nothing will remove or report'
    : null
}

/** True when nothing is under way, and recovery has nothing to do. */
function isAtRest({ workers, messages, rows }: State, sweeps: boolean): boolean {
  if (messages.length > 0 || workers.some(({ step }) => step !== 'idle')) return false
  return rows.every(
    ({ state, age, isSwept }, intent) =>
      state !== 'SENT' &&
      state !== 'IN_DOUBT' &&
      (state !== 'DONE' || isSwept || !sweeps || intent === ISSUE) &&
      age >= SETTLE,
  )
}
