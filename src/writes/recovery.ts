import { setInterval } from 'node:timers'
import type { WriteResponse } from '../upstream/threescale/writes.js'
import type { WriteIntent } from './intent.js'
import type { IntentChange } from './journal/journal.js'
import type { Finding } from './operations/operation.js'
import { rulesOf } from './operations/operations.js'
import { surroundingsOf } from './target-check.js'
import type { WriterOptions } from './writer.js'

/** What recovery works with. */
export interface RecoveryOptions extends Omit<WriterOptions, 'wait'> {
  /** Called with every intent that recovery has settled, and with every failure of it. */
  readonly log: (event: RecoveryEvent) => void
}

/** What recovery reports. */
export type RecoveryEvent =
  | { readonly event: 'settled'; readonly intent: WriteIntent }
  | { readonly event: 'failed'; readonly intent: WriteIntent | null; readonly error: unknown }

/** Two reads this far apart settle an intent: a server that is behind has caught up by the second. */
const BETWEEN_READS_MS = 60_000
const INTERVAL_MS = 15_000

/**
 * Settles intents in doubt by reading back. It never sends a write again; the one thing it writes is the removal of a line that an intent
 * has made twice. Several replicas can run it: of two results for one intent the first stands.
 */
export class Recovery implements AsyncDisposable {
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> = Promise.resolve()

  constructor(private readonly options: RecoveryOptions) {}

  /** Runs now and every few seconds, until it is disposed of. */
  start(): void {
    const run = (): void => {
      this.running = this.running.then(() => this.run())
    }
    run()
    this.timer = setInterval(run, INTERVAL_MS)
    this.timer.unref()
  }

  /** Reads back every intent that is due, once. Failures are logged, and tried again in the next run. */
  async run(): Promise<void> {
    const { journal, log } = this.options
    try {
      for (const intent of await journal.due()) await this.readBack(intent)
      for (const intent of await journal.unswept()) await this.sweep(intent)
      for (const intent of await journal.expired()) await journal.settle(intent, { state: 'EXPIRED' })
    } catch (error) {
      log({ event: 'failed', intent: null, error })
    }
  }

  /** Stops after the run that is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.timer) clearInterval(this.timer)
    await this.running
  }

  private async readBack(intent: WriteIntent): Promise<void> {
    const { journal, threescale, clock, log } = this.options
    try {
      const now = clock()
      const first = intent.readBack
      if (first && now.getTime() - Date.parse(first.at) < BETWEEN_READS_MS) return
      const finding = await rulesOf(intent).readBack(intent, await surroundingsOf(this.options, intent.target))
      if (finding.outcome === 'FOUND') await this.removeDuplicates(intent, finding.duplicates)
      const outcome = finding.outcome === 'FOUND' ? 'FOUND' : 'ABSENT'
      // A second read that contradicts the first is a first one again.
      const isSecond = first?.outcome === outcome || finding.outcome === 'INCIDENT' || finding.outcome === 'REJECTED'
      const change: IntentChange = isSecond
        ? settlement(finding)
        : { state: 'IN_DOUBT', readBack: { at: now.toISOString(), outcome } }
      if (isSecond) await threescale().forgetInvoices()
      const settled = await journal.settle(intent, change)
      if (settled && isSecond) log({ event: 'settled', intent: settled })
    } catch (error) {
      log({ event: 'failed', intent, error })
    }
  }

  /** Looks once at what is done, or was refused, after the last moment at which the network could have repeated it. */
  private async sweep(intent: WriteIntent): Promise<void> {
    const { journal, log } = this.options
    try {
      const change = intent.state === 'REJECTED' ? await this.sweepRefused(intent) : await this.sweepDone(intent)
      const swept = await journal.settle(intent, change)
      if (swept?.state === 'INCIDENT') log({ event: 'settled', intent: swept })
    } catch (error) {
      log({ event: 'failed', intent, error })
    }
  }

  private async sweepDone(intent: WriteIntent): Promise<IntentChange> {
    const finding = await rulesOf(intent).readBack(intent, await surroundingsOf(this.options, intent.target))
    if (finding.outcome === 'FOUND') await this.removeDuplicates(intent, finding.duplicates)
    return finding.outcome === 'INCIDENT' ? settlement(finding) : { state: 'DONE', settlesAfter: null }
  }

  private async sweepRefused(intent: WriteIntent): Promise<IntentChange> {
    const refusal = await rulesOf(intent).lateEffect?.(intent, await surroundingsOf(this.options, intent.target))
    return refusal ? { state: 'INCIDENT', refusal } : { state: 'REJECTED', settlesAfter: null }
  }

  private async removeDuplicates(intent: WriteIntent, ids: readonly string[]): Promise<void> {
    const { input } = intent
    if (input.operation !== 'addLineItem') return
    const { threescale, rules } = this.options
    for (const lineItemId of ids) {
      const connection = await threescale().connect()
      const departBy = performance.now() + rules.departMs
      const removal = { call: 'removeLineItem', invoiceId: input.invoiceId, lineItemId } as const
      const response = await threescale().send(connection, removal, departBy)
      // The next run reads again: the invoice may have been issued since this one did.
      if (!isRemoved(response)) throw new Error('a duplicate line item was not removed')
      await threescale().forgetInvoices()
    }
  }
}

/** True when the line item is gone, whoever has removed it. */
function isRemoved(response: WriteResponse): boolean {
  return response.outcome === 'done' || (response.outcome === 'refused' && response.status === 404)
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
