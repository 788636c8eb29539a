import { type Protocol, type Successor, set } from './protocol.js'
import { BETWEEN_READS, copyOf, ISSUE, type Row, rest, SETTLE, type State } from './state.js'

/** What 3scale, the network, time and failing processes can do. */
export function* serverSteps(protocol: Protocol, before: State): Generator<Successor> {
  for (const index of before.messages.keys()) yield* messageSteps(before, index)
  for (const [index, { step }] of before.workers.entries()) {
    if (before.crashes > 0 && step !== 'idle') yield [`crash ${index}`, crash(before, index)]
  }
  if (protocol.options.hasDailyJob && !before.isIssued) yield ['daily job', { ...copyOf(before), isIssued: true }]
  yield ['time', pass(before)]
}

/** A request is lost, repeated, or carried out; then its response is lost or arrives. */
function* messageSteps(before: State, index: number): Generator<Successor> {
  const lost = copyOf(before)
  const [message] = lost.messages.splice(index, 1)
  if (!message) return
  yield [`lost ${message.intent}`, lost]
  if (before.repetitions > 0) {
    const repeated = copyOf(before)
    repeated.repetitions--
    repeated.messages.push({ ...message, worker: -1 })
    yield [`repeated ${message.intent}`, repeated]
  }
  const silent = copyOf(lost)
  const response = carryOut(silent, message.intent)
  yield [`carried out ${message.intent}, response lost`, silent]
  if (message.worker < 0) return
  const answered = copyOf(silent)
  set(answered, message.worker, { response })
  yield [`carried out ${message.intent}, ${response}`, answered]
}

function carryOut(state: State, intent: number): 'done' | 'refused' | null {
  // The server answers "Cannot transition" to a second request to issue, which settles nothing.
  if (state.isIssued) return intent === ISSUE ? null : 'refused'
  if (intent === ISSUE) {
    state.isIssued = true
    state.isIssuedByUs = true
  } else state.lines[intent] = (state.lines[intent] as number) + 1
  return 'done'
}

function crash(before: State, index: number): State {
  const state = copyOf(before)
  state.crashes--
  state.messages = state.messages.map(message => (message.worker === index ? { ...message, worker: -1 } : message))
  rest(state, index)
  return state
}

function pass(before: State): State {
  const state = copyOf(before)
  state.rows = before.rows.map(older)
  state.workers = before.workers.map(worker =>
    worker.step === 'write' && worker.departIn >= 0 ? { ...worker, departIn: worker.departIn - 1 } : worker,
  )
  state.messages = before.messages.flatMap(message =>
    message.remaining > 0 ? [{ ...message, remaining: message.remaining - 1 }] : [],
  )
  return state
}

function older(row: Row): Row {
  const age = Math.min(SETTLE, row.age + 1)
  const firstAge = row.first === null ? 0 : Math.min(BETWEEN_READS, row.firstAge + 1)
  return age === row.age && firstAge === row.firstAge ? row : { ...row, age, firstAge }
}
