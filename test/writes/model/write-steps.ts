import { isUnsent, isUnsettled, type Protocol, type Successor, set, workerOf } from './protocol.js'
import {
  COMMIT,
  copyOf,
  DEPART,
  ISSUE,
  MAX_ATTEMPTS,
  type Row,
  rest,
  SETTLE,
  type State,
  type Worker,
} from './state.js'

/** Long after the server is assumed to have ended a request. */
const LATE_COMMIT = SETTLE + 3

const STEPS = { check, record, depart, write, wait: respond } as const

/** What a process can do next for a write. Like `Writer`. */
export function* writeSteps(protocol: Protocol, before: State, index: number): Generator<Successor> {
  const { step, intent, response } = workerOf(before, index)
  if (step === 'idle') yield* calls(protocol, before, index)
  if (!(step in STEPS)) return
  const state = copyOf(before)
  STEPS[step as keyof typeof STEPS](protocol, state, index)
  yield [`${index} ${step} ${intent}${response === null ? '' : ` (${response})`}`, state]
}

/** A caller asks for a write that is not settled: the journal is read. */
function* calls(protocol: Protocol, before: State, index: number): Generator<Successor> {
  const resends = protocol.has('the same key sends again while its write is in doubt')
  const ignores = protocol.has('the issue gate looks at what is done only')
  for (const [intent, row] of before.rows.entries()) {
    if (!protocol.options.intents.includes(intent) || row.attempt >= (MAX_ATTEMPTS[intent] as number)) continue
    if (!isUnsent(row) && !(resends && row.state === 'IN_DOUBT')) continue
    const state = copyOf(before)
    const done = before.rows.map((other, index) => (other.state === 'DONE' && index !== ISSUE ? 1 << index : 0))
    set(state, index, {
      ...{ step: 'check', intent, state: row.state, attempt: row.attempt },
      ...(intent === ISSUE && {
        isQuiet: before.rows.every(other => other.age >= SETTLE && (ignores || !isUnsettled(other))),
        done: done.reduce((all, one) => all | one, 0),
      }),
    })
    yield [`${index} call ${intent}`, state]
  }
}

/** 3scale is read: it must take the write. */
function check(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  const mayGo = !state.isIssued && (worker.intent !== ISSUE || isReadyToIssue(protocol, state, worker))
  if (!mayGo) refuse(protocol, state, index)
  else set(state, index, { step: worker.state === null ? 'record' : 'depart', isQuiet: false, done: 0 })
}

function isReadyToIssue(protocol: Protocol, { lines }: State, { isQuiet, done }: Worker): boolean {
  const waits = !protocol.has('the issue gate does not wait')
  const counts = !protocol.has('the issue gate does not count line items')
  return (!waits || isQuiet) && (!counts || lines.every((count, intent) => (done & (1 << intent)) === 0 || count === 1))
}

function record(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  const known = rowOf(state, worker)
  const isNew = known.state === null
  if (isNew ? hasSimilar(protocol, state, worker) : !isUnsent(known)) {
    rest(state, index)
    return
  }
  if (isNew) {
    protocol.change(state, worker, 'record', { state: 'RECORDED' })
    state.rows[worker.intent] = { ...rowOf(state, worker), holdsContent: worker.intent !== ISSUE }
  }
  const row = rowOf(state, worker)
  set(state, index, { step: 'depart', state: row.state, attempt: row.attempt })
}

/** One transaction: nothing was sent since the check, nothing is unsettled, and the row is as it was read. */
function depart(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  const row = rowOf(state, worker)
  const isVoid = worker.isVoid && !protocol.has('a check is not void when a write has been sent since')
  const others = state.rows.filter((other, intent) => intent !== worker.intent && isUnsettled(other))
  const isBlocked = others.length > 0 && !protocol.has('an unsettled write does not block others')
  const isTaken = row.state === 'ABSENT' && hasSimilar(protocol, state, worker)
  if (isVoid || isBlocked || isTaken) {
    refuse(protocol, state, index)
    return
  }
  if (!protocol.has('the request leaves before the journal has it')) {
    const sent = { state: 'SENT', attempt: row.attempt + 1, age: 0 } as const
    if (!protocol.change(state, worker, 'depart', sent)) {
      rest(state, index)
      return
    }
  }
  const { state: known, attempt } = rowOf(state, worker)
  for (const [other, { step }] of state.workers.entries()) {
    if (step === 'check' || step === 'record' || step === 'depart') set(state, other, { isVoid: true })
  }
  set(state, index, { step: 'write', state: known, attempt, isVoid: false, departIn: DEPART })
}

/** The request leaves, if it is not too late. */
function write(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  if (worker.departIn < 0 && !protocol.has('a request leaves however late it is')) {
    protocol.change(state, worker, 'not-departed', { state: 'ABSENT', age: SETTLE })
    rest(state, index)
    return
  }
  const remaining = protocol.options.commitsLate ? LATE_COMMIT : COMMIT
  state.messages.push({ intent: worker.intent, remaining, worker: index })
  set(state, index, { step: 'wait', departIn: 0 })
}

/** The response settles the intent. Without one, which can be at any time, it is in doubt. */
function respond(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  const { response } = worker
  if (response === 'done') protocol.change(state, worker, 'response', { state: 'DONE' })
  else if (isRefusal(protocol, response)) protocol.change(state, worker, 'response', { state: 'REJECTED' })
  else {
    const isAbsent = protocol.has('an unclear response counts as absent')
    protocol.change(state, worker, 'response', { state: isAbsent ? 'ABSENT' : 'IN_DOUBT' })
  }
  state.messages = state.messages.map(message => (message.worker === index ? { ...message, worker: -1 } : message))
  rest(state, index)
}

/** An invoice that is issued meanwhile contradicts the check: an earlier copy of the request may have been carried out. */
function isRefusal(protocol: Protocol, response: Worker['response']): boolean {
  if (response === 'refused') return protocol.has('a refusal that contradicts the check counts as a refusal')
  return protocol.has('an unclear response counts as a refusal')
}

/** The write may not be sent now. What was recorded before can be sent by the same key later. */
function refuse(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  if (worker.state !== null && isUnsent(worker)) protocol.change(state, worker, 'refused', { state: 'ABSENT' })
  rest(state, index)
}

function hasSimilar(protocol: Protocol, { rows }: State, { intent }: Worker): boolean {
  if (intent === ISSUE || protocol.has('the same content under another key is not refused')) return false
  return rows.some(({ holdsContent }, other) => other !== intent && holdsContent)
}

function rowOf({ rows }: State, { intent }: Worker): Row {
  return rows[intent] as Row
}
