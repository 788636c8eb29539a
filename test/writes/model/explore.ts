import { type ModelOptions, Protocol, type Successor } from './protocol.js'
import { otherChanges, recoverySteps } from './recovery-steps.js'
import { serverSteps } from './server-steps.js'
import { initialState, type State, textOf } from './state.js'
import { findViolation } from './violations.js'
import { writeSteps } from './write-steps.js'

/** What an exploration has found. */
export interface Exploration {
  readonly states: number
  /** The journal's transitions that were taken, named as in `transitions.ts`. */
  readonly edges: ReadonlySet<string>
  /** What is wrong in the first bad state, and how it was reached; null when every state is good. */
  readonly violation: { readonly what: string; readonly path: readonly string[] } | null
}

/** Visits every state that can be reached, the nearest first, and ends at the first that is bad. */
export function explore(options: ModelOptions): Exploration {
  const protocol = new Protocol(options)
  const first = initialState(options.crashes, options.repetitions)
  const sweeps = !protocol.has('a line item that was added is not looked at again')
  const seen = new Set([textOf(first)])
  const [parents, labels]: [number[], string[]] = [[-1], ['']]
  const states: (State | null)[] = [first]
  for (let index = 0; index < states.length; index++) {
    const state = states[index] as State
    // What was visited is not needed any more.
    states[index] = null
    for (const [label, next] of successors(protocol, state)) {
      const text = textOf(next)
      if (seen.has(text)) continue
      seen.add(text)
      parents.push(index)
      labels.push(label)
      const what = findViolation(next, sweeps)
      if (what !== null) {
        const path = pathTo(labels.length - 1, parents, labels)
        return { states: seen.size, edges: protocol.edges, violation: { what, path } }
      }
      states.push(next)
    }
  }
  return { states: seen.size, edges: protocol.edges, violation: null }
}

function* successors(protocol: Protocol, state: State): Generator<Successor> {
  for (const index of state.workers.keys()) {
    yield* writeSteps(protocol, state, index)
    yield* recoverySteps(protocol, state, index)
  }
  yield* otherChanges(protocol, state)
  yield* serverSteps(protocol, state)
}

function pathTo(last: number, parents: readonly number[], labels: readonly string[]): readonly string[] {
  const path = []
  for (let index = last; index > 0; index = parents[index] as number) path.unshift(labels[index] as string)
  return path
}
