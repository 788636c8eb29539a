import type { CryptoKey, JWSHeaderParameters } from 'jose'
import type { PublicKeySet } from '../../access/key-set.js'
import type { Clock } from '../../request/clock.js'
import { FixedIssuerKeys, type IssuerKeys } from './issuer-keys.js'

/** Keys that are older are asked for again before they are used. */
const MAX_AGE_MS = 10 * 60_000
/** How long keys are still good for when the issuer does not answer. */
const MAX_STALE_MS = 24 * 60 * 60_000
/** Between two questions to an issuer: tokens that name keys nobody has heard of do not make us hammer it. */
const COOLDOWN_MS = 30_000
/** The same when it has not answered. */
const COOLDOWN_AFTER_FAILURE_MS = 5_000

/** Keys that an issuer is asked for, and that are kept. One question is under way at a time. */
export class RemoteIssuerKeys implements IssuerKeys {
  private held: { readonly keys: FixedIssuerKeys; readonly at: number } | null = null
  private askAgainAt = Number.NEGATIVE_INFINITY
  private pending: Promise<void> | null = null
  private failure: unknown

  constructor(
    private readonly fetchKeys: () => Promise<PublicKeySet>,
    private readonly clock: Clock,
  ) {}

  async find(header: JWSHeaderParameters): Promise<CryptoKey | null> {
    if (this.age() >= MAX_AGE_MS) await this.refresh()
    const key = await this.lookUp(header)
    if (key !== null) return key
    // Perhaps a key that the issuer has begun to use since.
    await this.refresh()
    return this.lookUp(header)
  }

  private lookUp(header: JWSHeaderParameters): Promise<CryptoKey | null> {
    if (!this.held || this.age() >= MAX_STALE_MS) throw this.failure
    return this.held.keys.find(header)
  }

  /** Leaves what is held as it is when the issuer was asked just now, or does not answer. */
  private refresh(): Promise<void> {
    if (this.pending) return this.pending
    if (this.now() < this.askAgainAt) return Promise.resolve()
    this.pending = this.ask().finally(() => {
      this.pending = null
    })
    return this.pending
  }

  private async ask(): Promise<void> {
    try {
      this.askAgainAt = this.now() + COOLDOWN_MS
      this.held = { keys: new FixedIssuerKeys(await this.fetchKeys()), at: this.now() }
    } catch (error) {
      this.failure = error
      this.askAgainAt = this.now() + COOLDOWN_AFTER_FAILURE_MS
    }
  }

  private age(): number {
    return this.held ? this.now() - this.held.at : Number.POSITIVE_INFINITY
  }

  private now(): number {
    return this.clock().getTime()
  }
}
