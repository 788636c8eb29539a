import type { Logger } from 'pino'
import type { LimitSettings } from '../../access/limit.js'
import type { CountedLimit, LimitCounter } from './limit-count.js'
import type { Excess } from './limit-errors.js'

/** Decides what becomes of what exceeds a limit, counts it and logs it. */
export class LimitWatch {
  readonly isEnforcing: boolean

  constructor(
    mode: LimitSettings['mode'],
    private readonly counter: LimitCounter,
    private readonly logger: Logger,
  ) {
    this.isEnforcing = mode === 'enforce'
  }

  /** @returns true when it is to be refused */
  sees(limit: CountedLimit, facts: Partial<Excess> & { readonly requestId?: string; readonly cost?: number }): boolean {
    this.counter.add(limit, this.isEnforcing)
    this.logger.info({ ...facts, limit }, this.isEnforcing ? 'refused by a limit' : 'over a limit, which is in shadow')
    return this.isEnforcing
  }
}
