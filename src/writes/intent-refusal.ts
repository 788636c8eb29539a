import type { WriteIntent } from './intent.js'
import type { WriteRefusal } from './refusal.js'

/** What is known of a write that is not done. */
export function refusalOf(intent: WriteIntent): WriteRefusal {
  const { state, refusal, note, input } = intent
  if (refusal) return refusal
  switch (state) {
    case 'SENT':
      return { code: 'IN_PROGRESS', message: 'Another request with this key is under way.', field: null }
    case 'RECORDED':
    case 'ABSENT':
      return { code: 'IN_PROGRESS', message: 'Nothing was written yet. Retry with the same key.', field: null }
    case 'EXPIRED': {
      const what = input.operation === 'onCharge' ? 'The run was not finished' : 'The write was never made'
      const message = `${what}, and will not be: ${note ?? 'it is more than a day old'}. Use a new key.`
      return { code: 'CONFLICT', message, field: ['idempotencyKey'] }
    }
    default: {
      const message = `3scale gave no clear response.${settlesBySelf(intent)} Do not repeat it under another key.`
      return { code: 'IN_DOUBT', message, field: null }
    }
  }
}

/** The refusal of a write that has to wait for an earlier one. @param of what that one writes: `of the line` */
export function refusalFor(earlier: WriteIntent, of = ''): WriteRefusal {
  const which = `earlier write${of && ' '}${of} (${earlier.key})`
  if (earlier.state === 'INCIDENT') {
    const message = `An ${which} is an incident, which a person has to resolve first.`
    return { code: 'INCIDENT', message, field: null }
  }
  const message = `The outcome of an ${which} is not known yet.${settlesBySelf(earlier)}`
  return { code: 'IN_DOUBT', message, field: null }
}

/** When the outcome will be known: ` It settles by itself soon after 2024-…`; '' where only a person can tell. */
export function settlesBySelf({ settlesAfter }: WriteIntent): string {
  return settlesAfter === null ? '' : ` It settles by itself soon after ${settlesAfter}.`
}
