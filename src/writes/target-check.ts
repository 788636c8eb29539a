import type { Clock } from '../request/clock.js'
import { UpstreamNotFoundError } from '../upstream/http/errors.js'
import type { ThreescaleWrites } from '../upstream/threescale/writes.js'
import type { WriteInput } from './intent.js'
import type { WriteJournal } from './journal/journal.js'
import type { WriteContext } from './operations/operation.js'
import { rulesOf } from './operations/operations.js'
import { refuse, type WriteRefusedError } from './refusal.js'

/** The rules that checks and reading back depend on. */
export interface CheckRules {
  /** How long after a request has left the server may still carry it out, in milliseconds. */
  readonly settleMs: number
  /** True when 3scale's own job charges due invoices. */
  readonly hasAutomaticCharging: boolean
}

/** What writes are checked and read back with. */
export interface CheckOptions {
  readonly journal: WriteJournal
  /** The tenant that is configured now: its settings can be read again while the process runs. */
  readonly threescale: () => ThreescaleWrites
  readonly rules: CheckRules
  readonly clock: Clock
}

/** What a check has found, and how often anything had been sent to the target before. */
export interface Checked {
  readonly idsBefore: readonly string[]
  readonly sends: number
}

/** Checks by fresh reads that the server would take a write. @throws WriteRefusedError when it would not */
export async function checkTarget(input: WriteInput, options: CheckOptions): Promise<Checked> {
  const rules = rulesOf({ input })
  const target = rules.target(input)
  try {
    // Read first: a write to the target that comes between makes the check void.
    const sends = await options.journal.sendsTo(target)
    return { idsBefore: await rules.check(input, await contextOf(options, target)), sends }
  } catch (error) {
    if (!(error instanceof UpstreamNotFoundError)) throw error
    throw recordNotFound(input)
  }
}

/** The refusal of a write to a record that does not exist, or that the caller does not see. */
export function recordNotFound({ operation }: Pick<WriteInput, 'operation'>): WriteRefusedError {
  if (operation === 'createInvoice') return refuse('NOT_FOUND', '3scale has no such buyer.', 'buyerId')
  const field = operation === 'removeLineItem' ? 'lineItemId' : 'invoiceId'
  return refuse('NOT_FOUND', '3scale has no such invoice.', field)
}

/** What an intent of the target is checked and read back with. */
export async function contextOf(
  { journal, threescale, rules, clock }: CheckOptions,
  target: string,
): Promise<WriteContext> {
  const { settleMs, hasAutomaticCharging } = rules
  const ofTarget = await journal.ofTarget(target)
  return { fresh: threescale().fresh, ofTarget, now: clock(), settleMs, hasAutomaticCharging }
}
