import { setInterval } from 'node:timers'
import type { WriteResponse } from '../upstream/threescale/writes.js'
import type { WriteIntent } from './intent.js'
import type { IntentChange } from './journal/journal.js'
import type { Finding, FreshReads, WriteContext } from './operations/operation.js'
import { rulesOf } from './operations/operations.js'
import { contextOf } from './target-check.js'
import type { WriterOptions } from './writer.js'

/** What recovery works with. */
export interface RecoveryOptions extends Omit<WriterOptions, 'wait'> {
  /** Called with every intent that recovery has settled, and with every failure of it. */
  readonly log: (event: RecoveryEvent) => void
}

/** What recovery reports. */
export type RecoveryEvent =
  | { readonly event: 'settled'; readonly intent: WriteIntent }
  | { readonly event: 'duplicates removed'; readonly intent: WriteIntent; readonly lineItemIds: readonly string[] }
  | { readonly event: 'failed'; readonly intent: WriteIntent | null; readonly error: unknown }
  | { readonly event: 'run ended'; readonly intent: null }

/** Two reads this far apart settle an intent: a server that is behind has caught up by the second. */
const BETWEEN_READS_MS = 60_000
const INTERVAL_MS = 15_000

/**
 * Settles intents in doubt by reading back. It never sends a write again; the one thing it writes is the removal of a line that an intent
 * has made twice. Several replicas can run it: of two results for one intent the first stands.
 */
export class Recovery implements AsyncDisposable {
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> | null = null
  private isStopped = false
  /** When intents in doubt were last read back, in milliseconds. */
  private readBackAt = 0

  constructor(private readonly options: RecoveryOptions) {}

  /** Runs now and every few seconds, until it is disposed of. */
  start(): void {
    const run = (): void => {
      // A run that takes longer than the interval delays the next one: no queue may grow.
      this.running ??= this.run().finally(() => {
        this.running = null
        this.options.log({ event: 'run ended', intent: null })
      })
    }
    run()
    this.timer = setInterval(run, INTERVAL_MS)
    this.timer.unref()
  }

  /** Reads back every intent that is due, once. Failures are logged, and tried again in the next run. */
  async run(): Promise<void> {
    const { journal, log } = this.options
    try {
      await this.readBackDue()
      const unswept = Map.groupBy(await journal.unswept(), ({ target }) => target)
      for (const [target, intents] of unswept) {
        if (this.isStopped) return
        await this.sweep(target, intents)
        // There can be thousands to sweep, and a write in doubt blocks its target.
        if (this.options.clock().getTime() - this.readBackAt >= INTERVAL_MS) await this.readBackDue()
      }
      for (const intent of await journal.expired()) await journal.settle(intent, { state: 'EXPIRED', note: null })
    } catch (error) {
      log({ event: 'failed', intent: null, error })
    }
  }

  /** Stops after the intent that it is reading back now. What is left is due again after the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.isStopped = true
    if (this.timer) clearInterval(this.timer)
    await this.running
  }

  private async readBackDue(): Promise<void> {
    this.readBackAt = this.options.clock().getTime()
    for (const intent of await this.options.journal.due()) {
      if (this.isStopped) return
      await this.readBack(intent)
    }
  }

  private async readBack(intent: WriteIntent): Promise<void> {
    const { journal, threescale, clock, log } = this.options
    try {
      const now = clock()
      const first = intent.readBack
      if (first && now.getTime() - Date.parse(first.at) < BETWEEN_READS_MS) return
      const finding = await rulesOf(intent).readBack(intent, await contextOf(this.options, intent.target))
      if (finding.outcome === 'FOUND') await this.removeDuplicates(intent, finding.duplicates)
      const outcome = finding.outcome === 'INCIDENT' ? null : finding.outcome
      // A second read that contradicts the first is a first one again.
      const isSecond = first?.outcome === outcome || outcome === null
      const change: IntentChange = {
        ...(isSecond ? settlement(finding) : { state: 'IN_DOUBT', readBack: { at: now.toISOString(), outcome } }),
        ...removalNote(finding),
      }
      if (isSecond) await threescale().forgetInvoices()
      const settled = await journal.settle(intent, change)
      if (settled && isSecond) log({ event: 'settled', intent: settled })
    } catch (error) {
      log({ event: 'failed', intent, error })
    }
  }

  /**
   * Looks once at what is done or was refused, after the last moment at which the network could have repeated it. The lines of one
   * invoice share one read of it.
   */
  private async sweep(target: string, intents: readonly WriteIntent[]): Promise<void> {
    const context = await contextOf(this.options, target)
    const { fresh } = context
    const invoices = new Map<string, ReturnType<FreshReads['freshInvoice']>>()
    const freshInvoice: FreshReads['freshInvoice'] = id => {
      const read = invoices.get(id) ?? fresh.freshInvoice(id)
      invoices.set(id, read)
      return read
    }
    const shared = {
      freshInvoice,
      freshInvoicesOf: fresh.freshInvoicesOf.bind(fresh),
      freshPayments: fresh.freshPayments.bind(fresh),
      freshCreationOf: fresh.freshCreationOf.bind(fresh),
    }
    for (const intent of intents) await this.sweepOne(intent, { ...context, fresh: shared })
  }

  private async sweepOne(intent: WriteIntent, context: WriteContext): Promise<void> {
    const { journal, log } = this.options
    try {
      const change = await (intent.state === 'REJECTED' ? lateEffect(intent, context) : this.sweepDone(intent, context))
      const swept = await journal.settle(intent, change)
      if (swept?.state === 'INCIDENT') log({ event: 'settled', intent: swept })
    } catch (error) {
      log({ event: 'failed', intent, error })
    }
  }

  private async sweepDone(intent: WriteIntent, context: WriteContext): Promise<IntentChange> {
    const finding = await rulesOf(intent).readBack(intent, context)
    if (finding.outcome === 'FOUND') await this.removeDuplicates(intent, finding.duplicates)
    if (finding.outcome === 'INCIDENT') return settlement(finding)
    return { state: 'DONE', settlesAfter: null, ...removalNote(finding) }
  }

  private async removeDuplicates(intent: WriteIntent, ids: readonly string[]): Promise<void> {
    const { input } = intent
    if (input.operation !== 'addLineItem') return
    const { threescale, rules, log, journal } = this.options
    // Since they were read, so that none of them is the line of a write that has replaced this one meanwhile.
    if (ids.length > 0 && (await journal.find(intent))?.settlesAfter !== intent.settlesAfter) return
    for (const lineItemId of ids) {
      const connection = await threescale().connect()
      const departBy = performance.now() + rules.departMs
      const removal = { call: 'removeLineItem', invoiceId: input.invoiceId, lineItemId } as const
      const response = await threescale().send(connection, removal, departBy)
      // The next run reads again: the invoice may have been issued since this one did.
      if (!isRemoved(response)) throw new Error('a duplicate line item was not removed')
      await threescale().forgetInvoices()
    }
    if (ids.length > 0) log({ event: 'duplicates removed', intent, lineItemIds: ids })
  }
}

/** True when the line item is gone, whoever has removed it. */
function isRemoved(response: WriteResponse): boolean {
  return response.outcome === 'done' || (response.outcome === 'refused' && response.status === 404)
}

/** For the journal: what recovery has removed. */
function removalNote(finding: Finding): Pick<IntentChange, 'note'> {
  const ids = finding.outcome === 'FOUND' ? finding.duplicates : []
  return ids.length === 0 ? {} : { note: `removed duplicates ${ids.join(', ')}` }
}

function settlement(finding: Finding): IntentChange {
  switch (finding.outcome) {
    case 'FOUND':
      return { state: 'DONE', result: finding.result }
    case 'ABSENT':
      return { state: 'ABSENT' }
    default:
      return { state: finding.outcome, refusal: finding.refusal }
  }
}

/** What a copy of a refused request has done after all. */
async function lateEffect(intent: WriteIntent, context: WriteContext): Promise<IntentChange> {
  const refusal = await rulesOf(intent).lateEffect?.(intent, context)
  return refusal ? { state: 'INCIDENT', refusal } : { state: 'REJECTED', settlesAfter: null }
}
