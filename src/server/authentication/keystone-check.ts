import { createHmac, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { KeystoneCallerSettings } from '../../access/caller-settings.js'
import { principalOfKeystone } from '../../access/keystone-principal.js'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import type { InspectedToken } from '../../upstream/keystone/token-inspector.js'
import { AuthenticationError, type RejectionReason, TooManyChecksError } from './authentication-error.js'

/** The cached result of one inspection. */
interface Verdict {
  readonly found: Principal | RejectionReason
  /** When to inspect again, in milliseconds of the clock. */
  readonly until: number
  /** When the token expires, in milliseconds of the clock. */
  readonly expiresAt: number
}

/** A revoked token is rejected after this at the latest. */
const ACCEPTED_MS = 60_000
/** In the last seconds of a token its verdict is not reused. */
const BEFORE_EXPIRY_MS = 30_000
/** Long enough to spare Keystone a client that repeats itself, short enough to correct a mistake soon. */
const REJECTED_MS = 5_000
const MAX_VERDICTS = 10_000
const MAX_INSPECTIONS = 64

/** Checks Keystone tokens. Verdicts are cached briefly, under keys that do not reveal the tokens. */
export class KeystoneCheck {
  private readonly secret = randomBytes(32)
  private readonly verdicts = new LRUCache<string, Verdict>({ max: MAX_VERDICTS })
  private readonly coalescer = new Coalescer<Verdict>()
  private inspections = 0

  constructor(
    private readonly settings: KeystoneCallerSettings,
    private readonly inspectToken: (token: string) => Promise<InspectedToken | null>,
    private readonly clock: Clock,
  ) {}

  /**
   * The principal of a token.
   *
   * @throws AuthenticationError; UpstreamError when Keystone does not answer; TooManyChecksError when too many inspections are in
   * flight
   */
  async check(token: string): Promise<Principal> {
    const { found, expiresAt } = await this.verdictOn(token)
    if (typeof found === 'string') throw new AuthenticationError(found)
    if (expiresAt <= this.now()) throw new AuthenticationError('keystone-expired')
    return found
  }

  private async verdictOn(token: string): Promise<Verdict> {
    const key = createHmac('sha256', this.secret).update(token).digest('base64')
    const cached = this.verdicts.get(key)
    if (cached && this.now() < cached.until) return cached
    if (this.inspections >= MAX_INSPECTIONS && !this.coalescer.isInFlight(key)) throw new TooManyChecksError()
    return this.coalescer.run(key, () => this.inspect(key, token))
  }

  private async inspect(key: string, token: string): Promise<Verdict> {
    // A token that is revoked while the response is on its way must not be accepted any longer than others.
    const sentAt = this.now()
    this.inspections++
    try {
      const verdict = this.toVerdict(await this.inspectToken(token), sentAt)
      this.verdicts.set(key, verdict)
      return verdict
    } finally {
      this.inspections--
    }
  }

  private toVerdict(token: InspectedToken | null, sentAt: number): Verdict {
    const reject = (reason: RejectionReason) => ({ found: reason, until: sentAt + REJECTED_MS, expiresAt: sentAt })
    if (!token) return reject('keystone-unknown')
    const { projectId, expiresAt } = token
    if (projectId === null) return reject('keystone-no-project')
    const end = expiresAt.getTime()
    const until = Math.min(sentAt + ACCEPTED_MS, end - BEFORE_EXPIRY_MS)
    return { found: principalOfKeystone({ ...token, projectId }, this.settings), until, expiresAt: end }
  }

  private now(): number {
    return this.clock().getTime()
  }
}
