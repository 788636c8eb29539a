import type { HTTPGraphQLRequest, HTTPGraphQLResponse } from '@apollo/server'
import { LRUCache } from 'lru-cache'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import type { BillingSystems } from '../../upstream/billing-systems.js'
import type { OperationLimiter } from '../limits/operation-limiter.js'
import { CachePolicy } from './cache-policy.js'
import { operationKey } from './operation-key.js'
import { type Answer, readdress, toAnswer, withLifetime } from './response.js'

/** A request that GraphQL is to answer. */
export interface Asked {
  readonly request: HTTPGraphQLRequest
  readonly requestId: string
  readonly principal: Principal
}

/** An answer, and where it comes from: from what was told before, from who asked the same just now, or made for this request. */
export interface Told {
  readonly answer: Answer
  readonly from: 'kept' | 'joined' | null
}

/** What repeated operations are answered by. */
export interface OperationCacheOptions {
  readonly systems: BillingSystems
  readonly limiter: OperationLimiter
  readonly clock: Clock
  /** False has only those wait for each other who ask the same at once. */
  readonly keepsAnswers: boolean
}

interface Kept {
  readonly answer: Answer & { readonly body: Buffer }
  readonly cost: number
  /** Milliseconds of the clock. */
  readonly freshUntil: number
  readonly privateUntil: number
}

type MadeAnswer = Answer & { readonly body: string }

const MAX_BYTES = 32 * 1024 * 1024
const MAX_ANSWERS = 20_000
const MAX_ANSWER_BYTES = 512 * 1024
/** What an answer takes besides its body. */
const ENTRY_BYTES = 1_000
/** What an answer says of today must not be said tomorrow, however long its bills are fresh. */
const MAX_MS = 60_000

/**
 * Answers operations that come again. Whoever asks what he asks already waits for that answer; and an answer that was made of fresh
 * parts alone is given again, byte by byte, for as long as the least fresh of them lasts. Both only to the same caller with the same
 * rights, who is charged each time.
 */
export class OperationCache {
  private readonly kept = new LRUCache<string, Kept>({
    max: MAX_ANSWERS,
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ANSWER_BYTES,
    sizeCalculation: ({ answer }) => answer.body.byteLength + ENTRY_BYTES,
  })
  private readonly coalescer = new Coalescer<MadeAnswer>()
  private readonly underWay = new Map<string, CachePolicy>()
  private systems: Pick<BillingSystems, 'catalyst' | 'threescale'> = { catalyst: null, threescale: null }
  /** Of the systems: what was asked of others is not what is asked now. */
  private edition = 0

  constructor(private readonly options: OperationCacheOptions) {}

  /** Gives what there is, else what the work makes. */
  async answer(asked: Asked, work: (sharing: CachePolicy) => Promise<HTTPGraphQLResponse>): Promise<Told> {
    const operation = operationKey(asked.principal, asked.request)
    if (operation === null) return { answer: toAnswer(await work(new CachePolicy())), from: null }
    const key = `${this.currentEdition()} ${operation}`
    const kept = this.find(key, asked)
    if (kept) return { answer: kept, from: 'kept' }
    if (!this.coalescer.isInFlight(key)) return { answer: await this.lead(key, work), from: null }
    const sharing = this.underWay.get(key)
    if (!sharing || !this.mayHave(sharing.cost, asked)) {
      return { answer: toAnswer(await work(new CachePolicy())), from: null }
    }
    const answer = await this.coalescer.run(key, () => this.make(key, work))
    return { answer: sharing.isWhole ? answer : readdress(answer, asked.requestId), from: 'joined' }
  }

  private find(key: string, asked: Asked): Answer | null {
    const kept = this.kept.get(key)
    const now = this.now()
    if (!kept || now >= kept.freshUntil || !this.mayHave(kept.cost, asked)) return null
    return withLifetime(kept.answer, Math.floor((kept.privateUntil - now) / 1000))
  }

  /** False where he has not enough left; what is made for him alone is then refused. */
  private mayHave(cost: number | null, { principal }: Asked): cost is number {
    return cost !== null && this.options.limiter.chargeAgain(cost, principal)
  }

  /** Makes the answer, which others may join. */
  private async lead(key: string, work: (sharing: CachePolicy) => Promise<HTTPGraphQLResponse>): Promise<Answer> {
    let made: Promise<unknown> | undefined
    try {
      return await this.coalescer.run(key, () => {
        const making = this.make(key, work)
        made = making
        return making
      })
    } catch (error) {
      // Who leaves is not done before his operation is.
      await made?.catch(() => {})
      throw error
    }
  }

  private async make(key: string, work: (sharing: CachePolicy) => Promise<HTTPGraphQLResponse>): Promise<MadeAnswer> {
    const sharing = new CachePolicy()
    this.underWay.set(key, sharing)
    try {
      const answer = toAnswer(await work(sharing))
      this.keep(key, answer, sharing)
      return answer
    } finally {
      if (this.underWay.get(key) === sharing) this.underWay.delete(key)
    }
  }

  private keep(key: string, answer: MadeAnswer, { cost, isWhole, freshness, maxAgeSeconds }: CachePolicy): void {
    const now = this.now()
    // Where nothing of it is kept, nothing says how long it holds.
    const isFresh = Number.isFinite(freshness.until) && freshness.until > now
    if (!this.options.keepsAnswers || cost === null || !isWhole || answer.status !== 200 || !isFresh) return
    this.kept.set(key, {
      answer: { ...answer, body: toBytes(answer.body) },
      cost,
      freshUntil: Math.min(freshness.until, now + MAX_MS),
      privateUntil: now + maxAgeSeconds * 1000,
    })
  }

  private currentEdition(): number {
    const { catalyst, threescale } = this.options.systems
    if (catalyst !== this.systems.catalyst || threescale !== this.systems.threescale) {
      this.systems = { catalyst, threescale }
      this.edition++
      this.kept.clear()
    }
    return this.edition
  }

  private now(): number {
    return this.options.clock().getTime()
  }
}

/** In memory of their own: a small buffer is else a part of a larger one, which it would hold. */
function toBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
