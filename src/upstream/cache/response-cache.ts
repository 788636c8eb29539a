import { createHash } from 'node:crypto'
import type { Keyv } from 'keyv'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import { noteFreshUntil } from '../../request/freshness.js'
import { withoutRequestContext } from '../../request/request-context.js'
import { deepFreeze } from '../decoding/deep-freeze.js'
import type { Fetched } from './fetched.js'
import { mayServeStale } from './outage.js'
import type { CacheTtl, CacheTtls, ResponseKind } from './ttl.js'

/** What the answers of one account at one upstream are kept with. */
export interface ResponseCacheOptions {
  /** Whose answers they are, in words that are no secret: `threescale https://acme-admin.example.com`. */
  readonly owner: string
  /** Makes the key of a question in the store. */
  readonly storeKey: (kind: string, question: string) => string
  readonly lives: CacheTtls
  /** Where replicas share answers; null keeps them in memory only. */
  readonly store: Keyv<string> | null
  readonly clock: Clock
  /** A number from 0 up to 1. */
  readonly random: () => number
}

/** A question to an upstream, and how its answer is read. */
export interface CacheableRequest<T> {
  readonly kind: ResponseKind
  /** Tells it from all other questions to that upstream: its path and query. */
  readonly key: string
  /** Asks the upstream: the body of a good response. */
  fetch(): Promise<Uint8Array>
  /** @throws UpstreamFormatError */
  decode(body: Uint8Array): T | Promise<T>
}

interface Kept {
  readonly answer: unknown
  readonly body: Uint8Array
  /** Of the body, to know it again. */
  readonly digest: string
  readonly at: number
  /** Until when it needs no asking; milliseconds of the clock. */
  readonly freshUntil: number
}

/** Bodies of this many bytes together are kept with what was read from them. */
const MAX_BYTES = 48 * 1024 * 1024
const MAX_ENTRIES = 20_000
/** A larger body is not sent to a store that others share. */
const MAX_STORED_BYTES = 4 * 1024 * 1024
/** A part of the fresh time that differs by chance, so that what came together is not asked for together. */
const JITTER = 0.1

/**
 * Answers as they were read, for as long as their kind serves: at once while fresh, at once and asked again behind the back
 * while not quite, and marked stale when the upstream cannot answer. However many ask the same at once, the upstream is asked
 * once; a body equal to the last one is not decoded again.
 *
 * What is kept here is the same for every caller: it was asked with the gateway's own credential. Who may see what is decided
 * by the guards before it.
 */
export class ResponseCache {
  private readonly kept: LRUCache<string, Kept>
  private readonly coalescer = new Coalescer<Kept>()

  constructor(private readonly options: ResponseCacheOptions) {
    this.kept = new LRUCache({
      max: MAX_ENTRIES,
      maxSize: MAX_BYTES,
      sizeCalculation: ({ body }) => body.byteLength + 1,
    })
  }

  /** @throws what asking throws, when nothing is kept that could stand in */
  async get<T>(question: CacheableRequest<T>): Promise<Fetched<T>> {
    const life = this.options.lives[question.kind]
    const kept = this.kept.get(question.key) ?? (await this.recall(question, life))
    const age = kept === undefined ? Number.POSITIVE_INFINITY : this.now() - kept.at
    if (kept && this.now() < kept.freshUntil) return said<T>(kept, false)
    if (kept && age < life.whileAskingMs) {
      withoutRequestContext(() => this.coalescer.run(question.key, () => this.renew(question, life))).catch(() => {})
      return said<T>(kept, false)
    }
    try {
      return said<T>(await this.coalescer.run(question.key, () => this.renew(question, life)), false)
    } catch (error) {
      if (kept && age < life.onErrorMs && mayServeStale(question.kind, error)) return said<T>(kept, true)
      // That there is no such thing is an answer as well, and is not kept.
      noteFreshUntil(0)
      throw error
    }
  }

  /** Forgets everything: after a change, nothing that was read before it holds. */
  clear(): void {
    this.kept.clear()
  }

  private async renew<T>(question: CacheableRequest<T>, life: CacheTtl): Promise<Kept> {
    const body = await question.fetch()
    const digest = createHash('sha256').update(body).digest('base64')
    const last = this.kept.peek(question.key)
    // Equal bytes decode to an equal value.
    const answer = last?.digest === digest ? last.answer : deepFreeze(await question.decode(body))
    const kept = this.toKept(answer, { body, digest, at: this.now() }, life)
    this.keep(question.key, kept, life)
    if (body.byteLength <= MAX_STORED_BYTES) void this.store(question, kept, life)
    return kept
  }

  private toKept(answer: unknown, read: Pick<Kept, 'body' | 'digest' | 'at'>, { freshMs }: CacheTtl): Kept {
    const jitter = 1 + JITTER * (2 * this.options.random() - 1)
    return { answer, ...read, freshUntil: read.at + freshMs * jitter }
  }

  private keep(key: string, kept: Kept, { onErrorMs, whileAskingMs, freshMs }: CacheTtl): void {
    const left = Math.max(onErrorMs, whileAskingMs, freshMs) - (this.now() - kept.at)
    if (left > 0) this.kept.set(key, kept, { ttl: left })
  }

  /** What another replica has read, decoded like any other body: a store can be written by others. */
  private async recall<T>(question: CacheableRequest<T>, life: CacheTtl): Promise<Kept | undefined> {
    const { store, owner } = this.options
    const text = await store?.get(this.storeKey(question))
    if (text === undefined) return undefined
    try {
      const [whose, key, at = '', ...lines] = text.split('\n')
      if (whose !== owner || key !== question.key || !/^\d{1,15}$/.test(at)) return undefined
      const body = Buffer.from(lines.join('\n'))
      const digest = createHash('sha256').update(body).digest('base64')
      const answer = deepFreeze(await question.decode(body))
      const kept = this.toKept(answer, { body, digest, at: Math.min(Number(at), this.now()) }, life)
      this.keep(question.key, kept, life)
      return kept
    } catch {
      return undefined
    }
  }

  private async store<T>(question: CacheableRequest<T>, { body, at }: Kept, life: CacheTtl): Promise<void> {
    const { store, owner } = this.options
    const text = () => [owner, question.key, String(at), Buffer.from(body).toString('utf8')].join('\n')
    await store?.set(this.storeKey(question), text(), Math.max(life.onErrorMs, life.whileAskingMs, life.freshMs))
  }

  private storeKey({ kind, key }: CacheableRequest<unknown>): string {
    return this.options.storeKey(kind, `${this.options.owner}\n${key}`)
  }

  private now(): number {
    return this.options.clock().getTime()
  }
}

function said<T>({ answer, at, freshUntil }: Kept, stale: boolean): Fetched<T> {
  noteFreshUntil(freshUntil)
  return { answer: answer as T, asOf: new Date(at).toISOString(), stale }
}
