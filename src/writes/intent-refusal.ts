import type { WriteIntent } from './intent.js'
import type { WriteRefusal } from './refusal.js'

/** What is known of a write that is not done. */
export function refusalOf({ state, refusal, settlesAfter }: WriteIntent): WriteRefusal {
  if (refusal) return refusal
  if (state === 'SENT')
    return { code: 'IN_PROGRESS', message: 'Another request with this key is under way.', field: null }
  if (state === 'EXPIRED') {
    return {
      code: 'CONFLICT',
      message: 'The write was never sent, and is too old to be. Use a new key.',
      field: ['idempotencyKey'],
    }
  }
  const when = settlesAfter === null ? '' : ` It settles by itself soon after ${settlesAfter}.`
  return {
    code: 'IN_DOUBT',
    message: `3scale gave no clear response.${when} Do not repeat it under another key.`,
    field: null,
  }
}
