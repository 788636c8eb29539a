import type { WriteState } from '../../../src/writes/intent.js'

/** Times are counted in steps of the model. A request commits at most DEPART + COMMIT steps after it was marked as sent. */
export const DEPART = 1
export const COMMIT = 1
/** Later than the last commit: see `WRITES_SETTLE_AFTER_MS`. */
export const SETTLE = DEPART + COMMIT + 1
/** Between the two reads that settle an intent. */
export const BETWEEN_READS = 1

/** The intents: a line item, the same line item under another key, and the issue of their invoice. */
export const [LINE, SAME_LINE, ISSUE] = [0, 1, 2]
/** How often each is sent at most. */
export const MAX_ATTEMPTS = [2, 1, 1] as const

/** What the journal holds of an intent. */
export interface Row {
  /** Null before it is recorded. */
  readonly state: WriteState | null
  readonly attempt: number
  /** Steps since it was sent, up to SETTLE, which also stands for never. */
  readonly age: number
  /** The first of the two reads. */
  readonly first: 'FOUND' | 'ABSENT' | null
  readonly firstAge: number
  readonly isSwept: boolean
  /** True while the same content under another key is refused. */
  readonly holdsContent: boolean
}

export type Step = 'idle' | 'check' | 'record' | 'depart' | 'write' | 'wait' | 'read' | 'remove' | 'settle'

/** A process: it makes a write or reads one back. What it remembers is lost when it crashes, and old when it was suspended. */
export interface Worker {
  readonly step: Step
  readonly intent: number
  /** The row as it was last read. */
  readonly state: WriteState | null
  readonly attempt: number
  readonly first: Row['first']
  /** True once anything was sent to the invoice since the check. */
  readonly isVoid: boolean
  /** For the issue gate: whether nothing is unsettled and the last request left long ago, and which line items were done. */
  readonly isQuiet: boolean
  readonly done: number
  /** Steps until the request may not leave any more; -1 after that. */
  readonly departIn: number
  readonly response: 'done' | 'refused' | null
  readonly finding: 'FOUND' | 'ABSENT' | 'INCIDENT' | null
}

/** A request between a process and 3scale. */
export interface Message {
  readonly intent: number
  /** Steps in which it can still be carried out. */
  readonly remaining: number
  /** The process that waits for the response; -1 for none. */
  readonly worker: number
}

/** Everything: two processes, their journal, the network, and one invoice at 3scale. */
export interface State {
  isIssued: boolean
  /** True once the gateway's own request has issued it. */
  isIssuedByUs: boolean
  /** How many line items with each intent's marker the invoice has. */
  lines: number[]
  rows: Row[]
  workers: Worker[]
  messages: Message[]
  /** How many crashes, and repetitions by the network, are still to come. */
  crashes: number
  repetitions: number
  /** True once an intent was an incident: a person knows of it. */
  isReported: boolean
}

const NEW_ROW: Row = {
  state: null,
  attempt: 0,
  age: SETTLE,
  first: null,
  firstAge: 0,
  isSwept: false,
  holdsContent: false,
}

export const IDLE: Worker = {
  step: 'idle',
  intent: 0,
  state: null,
  attempt: 0,
  first: null,
  isVoid: false,
  isQuiet: false,
  done: 0,
  departIn: 0,
  response: null,
  finding: null,
}

/** An open invoice without line items, and an empty journal. */
export function initialState(crashes: number, repetitions: number): State {
  return {
    isIssued: false,
    isIssuedByUs: false,
    lines: [0, 0],
    rows: [NEW_ROW, NEW_ROW, NEW_ROW],
    workers: [IDLE, IDLE],
    messages: [],
    crashes,
    repetitions,
    isReported: false,
  }
}

/** A copy whose members can be replaced. */
export function copyOf(state: State): State {
  const { lines, rows, workers, messages } = state
  return { ...state, lines: lines.slice(), rows: rows.slice(), workers: workers.slice(), messages: messages.slice() }
}

/** Ends what the process does. */
export function rest(state: State, worker: number): void {
  state.workers[worker] = IDLE
}

const NAMES = [
  ...[null, 'RECORDED', 'SENT', 'IN_DOUBT', 'ABSENT', 'DONE', 'REJECTED', 'INCIDENT', 'EXPIRED'],
  ...['idle', 'check', 'record', 'depart', 'write', 'wait', 'read', 'remove', 'settle'],
  ...['done', 'refused', 'FOUND'],
]
const CODES: ReadonlyMap<unknown, number> = new Map(NAMES.map((name, index) => [name, index + 64]))
/** Of rows, processes and requests, which do not change. */
const texts = new WeakMap<object, string>()

/**
 * The same text for states from which the same can follow. The two processes are alike, so that swapping them changes nothing. What a
 * process has read counts only by whether it still is so, and how often a settled write was sent does not count.
 */
export function textOf(state: State): string {
  const { isIssued, isIssuedByUs, isReported, lines, rows, messages, crashes, repetitions } = state
  const [one, two] = [textOfWorker(state, 0), textOfWorker(state, 1)]
  const isSwapped = one > two
  const sent = messages.map(({ intent, remaining, worker }) =>
    String.fromCharCode(48 + intent, 48 + remaining, worker < 0 ? 47 : 48 + (isSwapped ? 1 - worker : worker)),
  )
  const flags = Number(isIssued) + 2 * Number(isIssuedByUs) + 4 * Number(isReported)
  let text = String.fromCharCode(48 + flags, 48 + crashes, 48 + repetitions, 48 + (lines[0] as number))
  text += lines[1]
  for (const row of rows) text += textOfPart(row, rowText)
  return text + (isSwapped ? two + one : one + two) + (sent.length > 1 ? sent.sort().join('') : (sent[0] ?? ''))
}

function textOfWorker({ workers, rows }: State, index: number): string {
  const worker = workers[index] as Worker
  if (worker.step === 'idle') return '.'
  const row = rows[worker.intent] as Row
  const isStale = worker.state !== row.state || worker.attempt !== row.attempt
  return textOfPart(worker, workerText) + (isStale ? (worker.state === null ? '?' : '!') : '')
}

function textOfPart<T extends object>(part: T, write: (part: T) => string): string {
  const known = texts.get(part)
  if (known !== undefined) return known
  const text = write(part)
  texts.set(part, text)
  return text
}

function rowText({ state, attempt, age, first, firstAge, isSwept, holdsContent }: Row): string {
  const flags = Number(isSwept) + 2 * Number(holdsContent)
  const isSettled = state === 'DONE' || state === 'REJECTED' || state === 'EXPIRED'
  const counts = isSettled ? 0 : attempt
  return String.fromCharCode(
    code(state === 'EXPIRED' ? 'REJECTED' : state),
    ...[48 + counts, 48 + age, code(first), 48 + firstAge, 48 + flags],
  )
}

function workerText({ step, intent, state, first, isVoid, isQuiet, done, ...worker }: Worker): string {
  const { departIn, response, finding } = worker
  const flags = Number(isQuiet) + 2 * Number(isVoid) + 4 * Number(state === 'DONE')
  return String.fromCharCode(
    ...[code(step), 48 + intent, code(first), 48 + flags, 48 + done, 49 + departIn, code(response), code(finding)],
  )
}

function code(name: string | null): number {
  return CODES.get(name) as number
}
