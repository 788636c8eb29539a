import type { WriteResponse } from '../upstream/threescale/writes.js'
import type { WriteIntent } from './intent.js'
import type { IntentChange } from './journal/journal.js'
import { rulesOf } from './operations/operations.js'

/** What a response makes of an intent: done, when what came back equals what was sent; refused; an incident; or in doubt. */
export function outcomeOf(intent: WriteIntent, response: WriteResponse): IntentChange {
  const rules = rulesOf(intent)
  if (response.outcome === 'unclear') return { state: 'IN_DOUBT', note: response.reason }
  if (response.outcome === 'refused') {
    const refusal = rules.explain(intent.input, response)
    if (refusal === 'unclear') {
      return { state: 'IN_DOUBT', note: `3scale answered with status ${response.status}: ${response.texts.join('; ')}` }
    }
    if (refusal !== 'done') return { state: 'REJECTED', refusal }
  }
  const done = response.outcome === 'done' ? response : ({ outcome: 'done', invoice: null, lineItem: null } as const)
  const result = rules.confirm(intent, done)
  return 'code' in result ? { state: 'INCIDENT', refusal: result } : { state: 'DONE', result }
}
