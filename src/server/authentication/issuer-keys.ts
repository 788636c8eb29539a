import { type CryptoKey, createLocalJWKSet, errors, type JWSHeaderParameters, type LocalJWKSet } from 'jose'
import type { PublicKeySet } from '../../access/key-set.js'
import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'

/** The signing keys of one issuer. */
export interface IssuerKeys {
  /**
   * The key for a token's header; null when the issuer has none that fits, or several.
   *
   * @throws UpstreamError when the issuer does not answer and no keys of it are left
   */
  find(header: JWSHeaderParameters): Promise<CryptoKey | null>
}

/** Older keys are fetched again before they are used. */
const MAX_AGE_MS = 10 * 60_000
/** How long keys are used while the issuer does not answer. */
const MAX_STALE_MS = 24 * 60 * 60_000
/** Between two fetches, so that tokens with unknown key ids do not flood the issuer. */
const COOLDOWN_MS = 30_000
const COOLDOWN_AFTER_FAILURE_MS = 5_000

/** A key set that is configured. */
export class FixedIssuerKeys implements IssuerKeys {
  private readonly lookUp: LocalJWKSet

  constructor(set: PublicKeySet) {
    this.lookUp = createLocalJWKSet(set)
  }

  async find(header: JWSHeaderParameters): Promise<CryptoKey | null> {
    try {
      return await this.lookUp(header)
    } catch (error) {
      // Not found, ambiguous, too short, or not a key at all.
      if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException) return null
      throw error
    }
  }
}

/** A key set that is fetched from its issuer and cached. Stale keys are used while the issuer does not answer. */
export class RemoteIssuerKeys implements IssuerKeys {
  private cached: { readonly keys: FixedIssuerKeys; readonly fetchedAt: number } | null = null
  private nextFetchAt = Number.NEGATIVE_INFINITY
  private failure: unknown
  private readonly coalescer = new Coalescer<void>()

  constructor(
    private readonly fetchKeys: () => Promise<PublicKeySet>,
    private readonly clock: Clock,
  ) {}

  async find(header: JWSHeaderParameters): Promise<CryptoKey | null> {
    if (this.age() >= MAX_AGE_MS) await this.refresh()
    const key = await this.lookUp(header)
    if (key !== null) return key
    // The issuer may have rotated its keys.
    await this.refresh()
    return this.lookUp(header)
  }

  private lookUp(header: JWSHeaderParameters): Promise<CryptoKey | null> {
    if (!this.cached || this.age() >= MAX_STALE_MS) throw this.failure
    return this.cached.keys.find(header)
  }

  /** Fetches the keys, except during the cooldown. A failure leaves the cached keys as they are. */
  private async refresh(): Promise<void> {
    const isDue = this.now() >= this.nextFetchAt
    if (isDue || this.coalescer.isInFlight('keys')) await this.coalescer.run('keys', () => this.fetch())
  }

  private async fetch(): Promise<void> {
    this.nextFetchAt = this.now() + COOLDOWN_MS
    try {
      this.cached = { keys: new FixedIssuerKeys(await this.fetchKeys()), fetchedAt: this.now() }
    } catch (error) {
      this.failure = error
      this.nextFetchAt = this.now() + COOLDOWN_AFTER_FAILURE_MS
    }
  }

  private age(): number {
    return this.cached ? this.now() - this.cached.fetchedAt : Number.POSITIVE_INFINITY
  }

  private now(): number {
    return this.clock().getTime()
  }
}
