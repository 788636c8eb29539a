import type { WriteIntent, WriteState } from '../../src/writes/intent.js'
import type { HistoryEntry } from '../../src/writes/journal/history.js'

/**
 * What changes an intent:
 *
 * - `record`: a caller asks for it
 * - `depart`: it becomes durable as sent, before its request leaves
 * - `response`: 3scale has answered, or the answer is unclear
 * - `not-departed`: the request did not leave in time
 * - `refused`: it may not be sent now; the same key may try again
 * - `read-back`: recovery has read what the server has
 * - `sweep`: recovery has looked once at what is done, or was refused
 * - `expiry`: it was never sent for a day
 * - `person`: an incident was resolved
 */
export type Cause =
  | 'record'
  | 'depart'
  | 'response'
  | 'not-departed'
  | 'refused'
  | 'read-back'
  | 'sweep'
  | 'expiry'
  | 'person'

/** One change of an intent in the journal. */
export interface Transition {
  /** Null for an intent that was not there before. */
  readonly from: WriteState | null
  readonly to: WriteState
  readonly cause: Cause
}

/** Every transition that the journal may make. Any other one that a test observes is a fault. */
export const TRANSITIONS: readonly Transition[] = [
  ...edges([null], 'record', ['RECORDED']),
  ...edges(['RECORDED', 'ABSENT'], 'depart', ['SENT']),
  ...edges(['RECORDED', 'ABSENT'], 'refused', ['ABSENT']),
  ...edges(['RECORDED', 'ABSENT'], 'expiry', ['EXPIRED']),
  ...edges(['SENT'], 'response', ['DONE', 'REJECTED', 'IN_DOUBT', 'INCIDENT']),
  ...edges(['SENT'], 'not-departed', ['ABSENT']),
  // The first of two reads leaves it in doubt; one is enough for an incident.
  ...edges(['SENT', 'IN_DOUBT'], 'read-back', ['IN_DOUBT', 'INCIDENT']),
  ...edges(['IN_DOUBT'], 'read-back', ['DONE', 'ABSENT', 'REJECTED']),
  ...edges(['DONE'], 'sweep', ['DONE', 'INCIDENT']),
  // Of a charge: a copy of the request can be accepted later.
  ...edges(['REJECTED'], 'sweep', ['REJECTED', 'INCIDENT']),
  ...edges(['INCIDENT'], 'person', ['DONE', 'REJECTED']),
]

function edges(from: readonly (WriteState | null)[], cause: Cause, to: readonly WriteState[]): readonly Transition[] {
  return from.flatMap(one => to.map(other => ({ from: one, to: other, cause })))
}

/** The name of a transition, for sets and messages: `SENT -response-> DONE`. */
export function nameOf({ from, to, cause }: Transition): string {
  return `${from ?? 'nothing'} -${cause}-> ${to}`
}

/** The transitions of every intent in a journal's history, in their order. */
export function transitionsOf(history: readonly HistoryEntry[]): readonly Transition[] {
  const before = new Map<string, WriteIntent>()
  return history.map(({ at, body }) => {
    const intent = JSON.parse(body) as WriteIntent
    const previous = before.get(intent.id) ?? null
    before.set(intent.id, intent)
    return { from: previous?.state ?? null, to: intent.state, cause: causeOf(previous, intent, at) }
  })
}

/** The history holds states only: what changed them follows from both. */
function causeOf(before: WriteIntent | null, after: WriteIntent, at: string): Cause {
  if (before === null) return 'record'
  if (after.state === 'SENT') return 'depart'
  if (after.state === 'EXPIRED') return 'expiry'
  switch (before.state) {
    case 'DONE':
    case 'REJECTED':
      return 'sweep'
    case 'INCIDENT':
      return 'person'
    case 'IN_DOUBT':
      return 'read-back'
    case 'SENT':
      if (after.state === 'ABSENT' && after.sentAt === null) return 'not-departed'
      // One read does not settle it: a process that was suspended has read the response late.
      if (after.state === 'DONE' || after.state === 'REJECTED') return 'response'
      return after.readBack !== null || (before.settlesAfter !== null && at >= before.settlesAfter)
        ? 'read-back'
        : 'response'
    default:
      return 'refused'
  }
}
