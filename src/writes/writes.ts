import type { Principal } from '../access/principal.js'
import { hasScope } from '../access/rules.js'
import type { InvoiceDoubt } from '../domain/economics/margin.js'
import type { OnChargePlan } from '../domain/on-charge/plan.js'
import type { ChargeableCost, OnChargeTerms } from '../domain/on-charge/terms.js'
import type { WriteInput, WriteIntent, WriteResult } from './intent.js'
import type { WriteJournal } from './journal/journal.js'
import { JournalUnavailableError } from './journal/sql.js'
import { onChargeMarkerIn } from './marker.js'
import type { OnChargeSubject, OnChargeWrites } from './on-charge/on-charge-writes.js'
import type { StoredRun } from './on-charge/stored-run.js'
import { refuse } from './refusal.js'
import type { Writer } from './writer.js'

/** What a person says about an incident. */
export interface Decision {
  readonly key: string
  /** The mutation and the caller of the write; null where the key alone tells. */
  readonly operation?: string | null
  readonly caller?: string | null
  /** Whether the write was carried out. */
  readonly isDone: boolean
  /** The invoice that it made, or the line item and its invoice, with the buyer of the invoice; null for none. */
  readonly reference: (WriteResult & { readonly buyerId: string }) | null
  /** Why, for the journal. */
  readonly note: string
}

/** What writes are made of, one for the process. */
export interface WritesOptions {
  readonly writer: Writer
  readonly journal: WriteJournal
  readonly onCharge: OnChargeWrites
}

/** The writes of one caller. Its rights to the records that it names are checked before. */
export class Writes {
  constructor(
    private readonly options: WritesOptions,
    private readonly principal: Principal,
  ) {}

  /** Makes a write, or returns what became of it. @throws the errors of `Writer.write` */
  write(key: string, input: WriteInput, allowSimilar: boolean): Promise<WriteIntent> {
    const { operation } = input
    return this.options.writer.write({ principal: this.principal.id, operation, key, input, allowSimilar })
  }

  /** What on-charging a cost would do now. @throws OnChargeRefusedError */
  planOnCharge(cost: ChargeableCost, terms: OnChargeTerms): Promise<OnChargePlan> {
    return this.options.onCharge.plan(cost, terms)
  }

  /** On-charges a cost by an approved plan. @throws the errors of `OnChargeWrites.run` */
  runOnCharge(key: string, expectedPlanHash: string, subject: OnChargeSubject): Promise<StoredRun> {
    return this.options.onCharge.run({ principal: this.principal, key, expectedPlanHash }, subject)
  }

  /** Checks the key before anything is asked of 3scale. @throws WriteRefusedError for a key of another input */
  async requireUsableKey(key: string, input: WriteInput): Promise<void> {
    await this.options.writer.find({ principal: this.principal.id, operation: input.operation, key, input })
  }

  /** The caller's intent with that key, the newest if it has several; null for an unknown key. */
  async intent(key: string): Promise<WriteIntent | null> {
    return (await this.options.journal.findAll(this.principal.id, key)).at(-1) ?? null
  }

  /** The incidents of the caller; those of every caller with the scope admin and a grant for all buyers. */
  async incidents(): Promise<readonly WriteIntent[]> {
    const all = await this.options.journal.incidents()
    return this.decidesForAll() ? all : all.filter(({ principal }) => principal === this.principal.id)
  }

  /** The writes to invoices of which it is not known whether they took effect. None while the journal cannot be read: reads go on. */
  async doubts(): Promise<readonly InvoiceDoubt[]> {
    try {
      return (await this.options.journal.unsettled()).flatMap(({ input }) =>
        input.operation === 'createInvoice'
          ? []
          : { invoiceId: input.invoiceId, isOnCharge: onChargeMarkerIn(input) !== null },
      )
    } catch (error) {
      if (error instanceof JournalUnavailableError) return []
      throw error
    }
  }

  /**
   * Settles an incident by a person's word.
   *
   * @throws WriteRefusedError when the caller sees no incident with that key, or the reference cannot be what it wrote
   */
  async resolve({ isDone, reference, note, ...asked }: Decision): Promise<WriteIntent> {
    const incident = onlyOne(await this.incidents(), asked)
    // What recovery would find once more is what the person has decided on.
    const decided = { note: `${this.principal.id}: ${note}`, settlesAfter: null }
    const settled = await this.options.journal.settle(
      incident,
      isDone
        ? { ...decided, state: 'DONE', result: resultOf(incident, reference), refusal: null }
        : {
            ...decided,
            state: 'REJECTED',
            refusal: { code: 'INCIDENT', message: `It was not done. ${note}`, field: null },
          },
    )
    if (!settled) throw refuse('CONFLICT', 'The incident has just been resolved by another request.', 'key')
    return settled
  }

  private decidesForAll(): boolean {
    return hasScope(this.principal, 'admin') && this.principal.grants.buyers === '*'
  }
}

/** The incident that is meant. @throws WriteRefusedError for none, and for several */
function onlyOne(
  incidents: readonly WriteIntent[],
  { key, operation, caller }: Pick<Decision, 'key' | 'operation' | 'caller'>,
): WriteIntent {
  const ofKey = incidents.filter(one => one.key === key)
  if (ofKey.length === 0) throw refuse('NOT_FOUND', `There is no incident with the key ${key}.`, 'key')
  const ofOperation = ofKey.filter(one => operation == null || one.operation === operation)
  const [found, ...others] = ofOperation.filter(one => caller == null || one.principal === caller)
  if (!found) {
    const field = ofOperation.length === 0 ? 'operation' : 'caller'
    const asked = field === 'operation' ? operation : caller
    const message = `${field}: ${asked} has no incident with the key ${key}; there is ${namesOf(ofKey)}.`
    throw refuse('NOT_FOUND', message, field)
  }
  if (others.length === 0) return found
  const all = namesOf([found, ...others])
  throw refuse('CONFLICT', `Several incidents have the key ${key}: ${all}. Give operation and caller as well.`, 'key')
}

function namesOf(incidents: readonly WriteIntent[]): string {
  return incidents.map(one => `${one.operation} of ${one.principal}`).join(', ')
}

/** @throws WriteRefusedError for a reference that the write cannot have made: a later one would go to another buyer's invoice */
function resultOf({ input }: WriteIntent, reference: Decision['reference']): WriteResult {
  if (input.operation === 'createInvoice') {
    if (!reference)
      throw refuse('BAD_USER_INPUT', 'reference: missing; expected the id of the new invoice.', 'reference')
    const { invoiceId, lineItemId, buyerId } = reference
    if (lineItemId === null && buyerId === input.buyerId) return { invoiceId, lineItemId }
    throw refuse('CONFLICT', `reference: it is not an invoice of buyer ${input.buyerId}.`, 'reference')
  }
  if (reference && reference.invoiceId !== input.invoiceId) {
    throw refuse('CONFLICT', `reference: it is not of invoice ${input.invoiceId}.`, 'reference')
  }
  return {
    invoiceId: input.invoiceId,
    lineItemId: input.operation === 'addLineItem' ? (reference?.lineItemId ?? null) : null,
  }
}
