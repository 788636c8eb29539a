import { THREESCALE_REFUSALS } from '../../upstream/threescale/refusals.js'
import type * as wire from '../../upstream/threescale/wire.js'
import type { ThreescaleWrite, ThreescaleWrites, WriteResponse } from '../../upstream/threescale/writes.js'
import type { WriteInput, WriteIntent, WriteResult } from '../intent.js'
import type { WriteRefusal } from '../refusal.js'

/** Reads of 3scale that never come from the cache. */
export type FreshReads = ThreescaleWrites['fresh']

/** What a write is checked and read back with. */
export interface WriteContext {
  readonly fresh: FreshReads
  /** All intents of the target, the oldest first. */
  readonly ofTarget: readonly WriteIntent[]
  readonly now: Date
  /** How long after a request has left the server may still carry it out, in milliseconds. */
  readonly settleMs: number
  /** True when 3scale's own job charges due invoices. */
  readonly hasAutomaticCharging: boolean
}

/** What a read after an unclear response has found. */
export type Finding =
  | {
      readonly outcome: 'FOUND'
      readonly result: WriteResult
      /** Line items that the write made twice, and that can still be removed. */
      readonly duplicates: readonly string[]
    }
  | { readonly outcome: 'ABSENT' }
  | { readonly outcome: 'REJECTED' | 'INCIDENT'; readonly refusal: WriteRefusal }

/** A response with status 200 or 201 whose body was decoded. */
export type DoneResponse = Extract<WriteResponse, { readonly outcome: 'done' }>
/** A response by which the server says that it has changed nothing. */
export type RefusedResponse = Extract<WriteResponse, { readonly outcome: 'refused' }>

/** The rules of one kind of write. */
export interface Operation<I extends WriteInput> {
  /** What only one write at a time may change. */
  target(input: I): string
  /**
   * Checks by fresh reads that the server would take the write.
   *
   * @returns ids that are kept with the intent, for reading back
   * @throws WriteRefusedError when it would not
   */
  check(input: I, context: WriteContext): Promise<readonly string[]>
  write(input: I, marker: string): ThreescaleWrite
  /** The result of a response that equals what was sent, to the digit; a refusal for one that does not. */
  confirm(intent: WriteIntent & { readonly input: I }, response: DoneResponse): WriteResult | WriteRefusal
  /**
   * What a refusal means: a refusal for the caller; success; or nothing for certain, where it contradicts the check before, as when the
   * network has repeated the request.
   */
  explain(input: I, response: RefusedResponse): WriteRefusal | 'done' | 'unclear'
  /**
   * What a copy of the request has done after its refusal, since the network can repeat it; null for nothing. Absent where the server
   * refuses a copy as well.
   */
  lateEffect?(intent: WriteIntent & { readonly input: I }, context: WriteContext): Promise<WriteRefusal | null>
  /** Finds out whether the write was carried out. */
  readBack(intent: WriteIntent & { readonly input: I }, context: WriteContext): Promise<Finding>
}

/** How far the clock of the server may be from ours. */
export const CLOCK_SKEW_MS = 60_000

/** True while lines can be added and removed. */
export function isEditable({ state }: Pick<wire.Invoice, 'state'>): boolean {
  return state === 'open' || state === 'finalized'
}

/** The target of every write to one invoice. */
export function invoiceTarget(invoiceId: string): string {
  return `invoice/${invoiceId}`
}

/** The incident of a response that does not equal what was sent. */
export function mismatch(what: string): WriteRefusal {
  return { code: 'INCIDENT', message: `3scale has stored something else than was sent: ${what}.`, field: null }
}

/** 3scale's sentences about an argument, each by its beginning. */
export type ArgumentTexts = readonly (readonly [start: string, field: string])[]

/**
 * A refusal for which the server's own sentences are the explanation. One that is about a single argument names it.
 *
 * @param notFound the arguments that name a record, for a 404
 */
export function rejected(
  { status, texts }: RefusedResponse,
  { notFound = [], about = [] }: { readonly notFound?: readonly string[]; readonly about?: ArgumentTexts } = {},
): WriteRefusal {
  if (status === 403 && texts.length <= 1) {
    const reason = THREESCALE_REFUSALS[texts[0] ?? '']
    if (reason !== undefined) return { code: 'UPSTREAM_REJECTED', message: `3scale ${reason}.`, field: null }
  }
  if (status === 404) {
    const message = `3scale has no record with the ${notFound.join(' or the ')} that was given.`
    return { code: 'NOT_FOUND', message, field: notFound.length === 1 ? notFound : null }
  }
  const fields = texts.map(text => about.find(([start]) => text.startsWith(start))?.[1])
  const [field] = fields
  const reason = texts.length === 0 ? `status ${status}` : texts.map(withoutFullStop).join('; ')
  return {
    code: field !== undefined && !fields.includes(undefined) ? 'BAD_USER_INPUT' : 'UPSTREAM_REJECTED',
    message: `3scale refused the write: ${reason}.`,
    field: field !== undefined && fields.every(one => one === field) ? [field] : null,
  }
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
