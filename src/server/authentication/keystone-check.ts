import { createHmac, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { KeystoneCallerSettings } from '../../access/caller-settings.js'
import { principalOfKeystone } from '../../access/keystone-principal.js'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import type { InspectedToken } from '../../upstream/keystone/token-inspector.js'
import { type RefusalReason, RefusedCallerError, TooManyChecksError } from './authentication-error.js'

/** What Keystone was asked, and until when its answer is gone by. */
interface Verdict {
  readonly found: Principal | RefusalReason
  /** Milliseconds since the epoch. */
  readonly until: number
  /** When the token itself ends. */
  readonly expiresAt: number
}

/** A token that was revoked is refused at the latest after this. */
const GOOD_FOR_MS = 60_000
/** An answer is not gone by in the last seconds of its token. */
const BEFORE_END_MS = 30_000
/** Long enough to spare Keystone whoever repeats himself, too short to keep somebody out by mistake. */
const BAD_FOR_MS = 5_000
const MAX_VERDICTS = 10_000
const MAX_CHECKS = 64

/** Tokens of Keystone's. Its answers are kept for a short while, under keys that tell nothing of the tokens. */
export class KeystoneCheck {
  private readonly secret = randomBytes(32)
  private readonly verdicts = new LRUCache<string, Verdict>({ max: MAX_VERDICTS })
  private readonly pending = new Map<string, Promise<Verdict>>()

  constructor(
    private readonly settings: KeystoneCallerSettings,
    private readonly inspect: (token: string) => Promise<InspectedToken | null>,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RefusedCallerError; UpstreamError when Keystone does not answer, and TooManyChecksError when it is asked too much:
   * then nothing is known, and nobody is let in
   */
  async check(token: string): Promise<Principal> {
    const { found, expiresAt } = await this.verdictOn(token)
    if (typeof found === 'string') throw new RefusedCallerError(found)
    if (expiresAt <= this.now()) throw new RefusedCallerError('keystone-expired')
    return found
  }

  private verdictOn(token: string): Verdict | Promise<Verdict> {
    const key = createHmac('sha256', this.secret).update(token).digest('base64')
    const kept = this.verdicts.get(key)
    if (kept && this.now() < kept.until) return kept
    const underWay = this.pending.get(key)
    if (underWay) return underWay
    if (this.pending.size >= MAX_CHECKS) throw new TooManyChecksError()
    const asking = this.ask(key, token).finally(() => this.pending.delete(key))
    this.pending.set(key, asking)
    return asking
  }

  private async ask(key: string, token: string): Promise<Verdict> {
    // Counted from the question: what is revoked while the answer is on its way is not known any longer than that.
    const askedAt = this.now()
    const verdict = this.toVerdict(await this.inspect(token), askedAt)
    this.verdicts.set(key, verdict)
    return verdict
  }

  private toVerdict(token: InspectedToken | null, askedAt: number): Verdict {
    const bad = (found: RefusalReason): Verdict => ({ found, until: askedAt + BAD_FOR_MS, expiresAt: askedAt })
    if (!token) return bad('keystone-unknown')
    const { projectId, expiresAt } = token
    if (projectId === null) return bad('keystone-no-project')
    const end = expiresAt.getTime()
    const until = Math.min(askedAt + GOOD_FOR_MS, end - BEFORE_END_MS)
    return { found: principalOfKeystone({ ...token, projectId }, this.settings), until, expiresAt: end }
  }

  private now(): number {
    return this.clock().getTime()
  }
}
