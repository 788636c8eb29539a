import type { WriteState } from '../../../src/writes/intent.js'
import type { Cause, Transition } from '../transitions.js'
import { nameOf } from '../transitions.js'
import type { Row, State, Worker } from './state.js'

/** Ways of breaking the protocol. The model must find that each leads to a double, or to a lie. */
export const FAULTS = [
  'the same key sends again while its write is in doubt',
  'the request leaves before the journal has it',
  'recovery does not wait',
  'recovery does not look for the marker',
  'recovery sends again',
  'recovery settles an intent that was changed meanwhile',
  'recovery removes every line item with the marker',
  'a request leaves however late it is',
  'an unclear response counts as a refusal',
  'an unclear response counts as absent',
  'a refusal that contradicts the check counts as a refusal',
  'an unsettled write does not block others',
  'a check is not void when a write has been sent since',
  'the same content under another key is not refused',
  'a line item that was added is not looked at again',
  'the issue gate does not wait',
  'the issue gate does not count line items',
  'the issue gate looks at what is done only',
  'a removal that is refused counts as made',
] as const
export type Fault = (typeof FAULTS)[number]

/** What is modelled besides the protocol itself. */
export interface ModelOptions {
  /** Which of the three intents callers ask for. */
  readonly intents: readonly number[]
  readonly crashes: number
  readonly repetitions: number
  /** Null for the protocol as it is. */
  readonly fault?: Fault | null
  /** True when 3scale carries a request out later than it is assumed to. */
  readonly commitsLate?: boolean
  /** True when 3scale's own job issues the invoice at any moment. */
  readonly hasDailyJob?: boolean
}

/** What a transition changes in a row. */
export type RowChange = Partial<Row> & { readonly state: WriteState }

/** One run of the model: its options, and the journal's transitions that were taken. */
export class Protocol {
  readonly edges = new Set<string>()

  constructor(readonly options: ModelOptions) {}

  has(fault: Fault): boolean {
    return this.options.fault === fault
  }

  /** Changes an intent in the journal, if it is as the process has last read it. Like `WriteJournal.change`. */
  change(
    state: State,
    worker: Pick<Worker, 'intent' | 'state' | 'attempt'>,
    cause: Cause,
    changes: RowChange,
  ): boolean {
    const row = state.rows[worker.intent] as Row
    const isSame = row.state === worker.state && row.attempt === worker.attempt
    const isForced = cause === 'read-back' && this.has('recovery settles an intent that was changed meanwhile')
    if (!isSame && !isForced) return false
    this.note({ from: row.state, to: changes.state, cause })
    const isFree = ['REJECTED', 'ABSENT', 'EXPIRED'].includes(changes.state)
    const holdsContent = isFree ? false : row.state === 'ABSENT' || row.holdsContent
    state.rows[worker.intent] = { ...row, first: null, firstAge: 0, ...changes, holdsContent }
    if (changes.state === 'INCIDENT') state.isReported = true
    return true
  }

  note(transition: Transition): void {
    this.edges.add(nameOf(transition))
  }
}

/** One thing that can happen, and the state after it. */
export type Successor = readonly [label: string, state: State]

export function isUnsent({ state }: Pick<Row, 'state'>): boolean {
  return state === null || state === 'RECORDED' || state === 'ABSENT'
}

export function isUnsettled({ state }: Pick<Row, 'state'>): boolean {
  return state === 'SENT' || state === 'IN_DOUBT' || state === 'INCIDENT'
}

export function workerOf(state: State, worker: number): Worker {
  return state.workers[worker] as Worker
}

/** Changes what the process does or remembers. */
export function set(state: State, worker: number, changes: Partial<Worker>): void {
  state.workers[worker] = { ...workerOf(state, worker), ...changes }
}
