import type { Fault, ModelOptions } from './protocol.js'
import { ISSUE, LINE, SAME_LINE } from './state.js'

/** Pairs of intents: each fault shows with one of them, in far fewer states than with all three. */
export const LINE_ONLY = [LINE]
export const TWO_KEYS = [LINE, SAME_LINE]
export const LINE_AND_ISSUE = [LINE, ISSUE]

/** The smallest model in which each fault shows. */
export const FAULTY: Readonly<Record<Fault, Omit<ModelOptions, 'fault' | 'crashes'>>> = {
  'the same key sends again while its write is in doubt': { intents: TWO_KEYS, repetitions: 0 },
  'the request leaves before the journal has it': { intents: TWO_KEYS, repetitions: 0 },
  'recovery does not wait': { intents: TWO_KEYS, repetitions: 0 },
  'recovery does not look for the marker': { intents: TWO_KEYS, repetitions: 0 },
  'recovery sends again': { intents: TWO_KEYS, repetitions: 0 },
  'recovery settles an intent that was changed meanwhile': { intents: TWO_KEYS, repetitions: 0 },
  'recovery removes every line item with the marker': { intents: TWO_KEYS, repetitions: 1 },
  'a request leaves however late it is': { intents: TWO_KEYS, repetitions: 0 },
  'an unclear response counts as a refusal': { intents: TWO_KEYS, repetitions: 0 },
  'an unclear response counts as absent': { intents: TWO_KEYS, repetitions: 0 },
  'a refusal that contradicts the check counts as a refusal': { intents: [LINE], repetitions: 1, hasDailyJob: true },
  'an unsettled write does not block others': { intents: LINE_AND_ISSUE, repetitions: 1 },
  'a check is not void when a write has been sent since': { intents: LINE_AND_ISSUE, repetitions: 1 },
  'the same content under another key is not refused': { intents: TWO_KEYS, repetitions: 0 },
  'a line item that was added is not looked at again': { intents: TWO_KEYS, repetitions: 1 },
  'the issue gate does not wait': { intents: LINE_AND_ISSUE, repetitions: 1 },
  'the issue gate does not count line items': { intents: LINE_AND_ISSUE, repetitions: 1 },
  'the issue gate looks at what is done only': { intents: LINE_AND_ISSUE, repetitions: 1 },
  'a removal that is refused counts as made': { intents: TWO_KEYS, repetitions: 1, hasDailyJob: true },
}
