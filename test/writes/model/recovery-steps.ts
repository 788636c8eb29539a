import { type Protocol, type RowChange, type Successor, set, workerOf } from './protocol.js'
import { BETWEEN_READS, COMMIT, copyOf, ISSUE, rest, SETTLE, type State, type Worker } from './state.js'

/** What a process can do next to settle what is in doubt, and who decides what it cannot. Like `Recovery`. */
export function* recoverySteps(protocol: Protocol, before: State, index: number): Generator<Successor> {
  const { step, intent } = workerOf(before, index)
  if (step === 'idle') {
    yield* starts(protocol, before, index)
    return
  }
  const run = step === 'read' ? read : step === 'remove' ? remove : step === 'settle' ? settle : null
  if (run === null) return
  const state = copyOf(before)
  run(protocol, state, index)
  yield [`${index} ${step} ${intent}`, state]
}

/** What expires, and what a person decides. */
export function* otherChanges(protocol: Protocol, before: State): Generator<Successor> {
  for (const [intent, { state, attempt }] of before.rows.entries()) {
    const [isOld, isIncident] = [state === 'RECORDED' || state === 'ABSENT', state === 'INCIDENT']
    if (!isOld && !isIncident) continue
    const after = copyOf(before)
    const known = { intent, state, attempt }
    if (isOld) protocol.change(after, known, 'expiry', { state: 'EXPIRED' })
    else {
      const isThere = intent === ISSUE ? before.isIssued : (before.lines[intent] ?? 0) > 0
      protocol.change(after, known, 'person', { state: isThere ? 'DONE' : 'REJECTED', isSwept: true })
    }
    yield [`${isOld ? 'expiry' : 'person'} ${intent}`, after]
  }
}

function* starts(protocol: Protocol, before: State, index: number): Generator<Successor> {
  const waits = !protocol.has('recovery does not wait')
  for (const [intent, row] of before.rows.entries()) {
    const isOpen = row.state === 'SENT' || row.state === 'IN_DOUBT'
    const isDue = isOpen && (row.first === null || row.firstAge >= BETWEEN_READS)
    const isUnswept = row.state === 'DONE' && !row.isSwept && intent !== ISSUE
    const isSwept = protocol.has('a line item that was added is not looked at again')
    if ((waits && row.age < SETTLE) || !(isDue || (isUnswept && !isSwept))) continue
    const state = copyOf(before)
    set(state, index, { step: 'read', intent, state: row.state, attempt: row.attempt, first: row.first })
    if (isDue && protocol.has('recovery sends again')) {
      state.messages.push({ intent, remaining: COMMIT, worker: -1 })
      if (state.messages.length > 3) continue
    }
    yield [`${index} recover ${intent}`, state]
  }
}

function read(protocol: Protocol, state: State, index: number): void {
  const { intent } = workerOf(state, index)
  const count = intent === ISSUE ? Number(state.isIssued) : (state.lines[intent] as number)
  const finding = findingOf(protocol, count, state.isIssued)
  set(state, index, { finding, step: count > 1 && finding === 'FOUND' ? 'remove' : 'settle' })
}

function findingOf(protocol: Protocol, count: number, isIssued: boolean): Exclude<Worker['finding'], null> {
  if (count === 0 || protocol.has('recovery does not look for the marker')) return 'ABSENT'
  return count > 1 && isIssued ? 'INCIDENT' : 'FOUND'
}

/** All but the first line item are removed, while the invoice can be changed. */
function remove(protocol: Protocol, state: State, index: number): void {
  // 3scale refuses to change an issued invoice: the next run reads again.
  if (state.isIssued && !protocol.has('a removal that is refused counts as made')) {
    rest(state, index)
    return
  }
  const left = protocol.has('recovery removes every line item with the marker') ? 0 : 1
  if (!state.isIssued) state.lines[workerOf(state, index).intent] = left
  set(state, index, { step: 'settle' })
}

function settle(protocol: Protocol, state: State, index: number): void {
  const worker = workerOf(state, index)
  if (worker.state === 'DONE') {
    const isIncident = worker.finding === 'INCIDENT'
    protocol.change(state, worker, 'sweep', { state: isIncident ? 'INCIDENT' : 'DONE', isSwept: true })
  } else protocol.change(state, worker, 'read-back', settlement(worker))
  rest(state, index)
}

function settlement({ finding, first }: Worker): RowChange {
  if (finding === 'INCIDENT') return { state: 'INCIDENT' }
  if (first !== finding) return { state: 'IN_DOUBT', first: finding, firstAge: 0 }
  return { state: finding === 'FOUND' ? 'DONE' : 'ABSENT' }
}
