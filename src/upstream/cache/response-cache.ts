import { Coalescer } from '../../request/coalesce.js'
import { type CacheRead, observeRead } from '../../request/observation.js'
import { noteFreshUntil, requestSignal, withoutRequestContext } from '../../request/request-context.js'
import { UpstreamError, UpstreamFormatError } from '../http/errors.js'
import { CacheEntries, type CacheEntriesOptions, type CacheEntry, digestOf } from './cache-entries.js'
import type { CacheableBatch, CacheableRequest } from './cacheable.js'
import type { Fetched } from './fetched.js'
import type { ResponseKind } from './ttl.js'

/** Changes when the values of a kind are forgotten, as after a write. */
export interface CacheEpoch {
  value(): number
  /** True when `value` is that of all replicas. */
  isCurrent(): boolean
  /** Changes `value` if another replica has forgotten the values. */
  refresh(): Promise<void>
}

/**
 * Response cache: TTL, stale-while-revalidate, stale-if-error. Concurrent requests for one key share one upstream call, and
 * a body equal to the last one is not decoded again. Values are frozen, except in production.
 *
 * Entries are the same for every caller: they are fetched with the gateway's own credential. Authorization comes before.
 */
export class ResponseCache {
  private readonly entries: CacheEntries
  private readonly coalescer = new Coalescer<ReadonlyMap<string, CacheEntry>>()

  /** @param options without TTLs nothing is cached; concurrent requests still share one call */
  constructor(options: CacheEntriesOptions) {
    this.entries = new CacheEntries(options)
  }

  /** One value. @throws what fetching or decoding throws, when no cached value can be used instead */
  async get<T>({ kind, key, fetch, decode }: CacheableRequest<T>): Promise<Fetched<T>> {
    const fetchOne = async () => {
      const body = await fetch()
      const digest = digestOf(body)
      const last = this.entries.decoded(key, digest)
      // Equal bytes decode to an equal value.
      const value = last ? (last.value as T) : await decode(body)
      return new Map([[key, { value, digest, bytes: body.byteLength, encode: () => body }]])
    }
    const found = await this.getAll<T>({ kind, keys: [key], fetch: fetchOne, decode, kindOf: () => kind })
    return found.get(key) as Fetched<T>
  }

  /** The cached value, whatever its age; undefined without one. Nothing is fetched. */
  async peek<T>({ kind, key, fetch: _, decode }: CacheableRequest<T>): Promise<T | undefined> {
    await this.refreshEpoch(kind)
    await this.entries.recall<T>({ kind, keys: [key], fetch: async () => new Map(), decode, kindOf: () => kind })
    return this.entries.find([key]).get(key)?.value as T | undefined
  }

  /**
   * The values of a batch, by key. Those that are not fresh are fetched together.
   *
   * @throws what fetching throws, when not all of these can be served stale
   */
  getAll<T>(batch: CacheableBatch<T>): Promise<ReadonlyMap<string, Fetched<T>>> {
    return observeRead(batch.kind, read => this.readAll(batch, read))
  }

  private async readAll<T>(batch: CacheableBatch<T>, read: CacheRead): Promise<ReadonlyMap<string, Fetched<T>>> {
    const { entries } = this
    await this.refreshEpoch(batch.kind)
    await entries.recall(batch)
    const found = entries.find(batch.keys)
    const due = batch.keys.filter(key => !entries.isFresh(found.get(key)))
    if (due.length === 0) {
      read.outcome = 'hit'
      return toFetched(found)
    }
    if (due.every(key => entries.isWithin('staleWhileRevalidateMs', found.get(key)))) {
      read.outcome = 'revalidating'
      withoutRequestContext(() => this.refresh(batch, due)).catch(() => {})
      return toFetched(found)
    }
    try {
      const refreshed = await this.refresh(batch, due)
      read.outcome = 'miss'
      return toFetched(new Map(batch.keys.flatMap(key => toPair(key, refreshed.get(key) ?? found.get(key)))))
    } catch (error) {
      if (isOutage(error) && due.every(key => entries.isWithin('staleIfErrorMs', found.get(key)))) {
        read.outcome = 'stale'
        return toFetched(found, due)
      }
      // A refusal is not cached, nor is a response that is made of it.
      noteFreshUntil(0)
      throw error
    }
  }

  /** The fresh values of a batch, by key. Nothing is fetched. */
  async getFresh<T>(batch: CacheableBatch<T>): Promise<ReadonlyMap<string, Fetched<T>>> {
    await this.refreshEpoch(batch.kind)
    await this.entries.recall(batch)
    const fresh = new Map([...this.entries.find(batch.keys)].filter(([, entry]) => this.entries.isFresh(entry)))
    // Otherwise the caller reads the rest by getAll, which is counted.
    if (fresh.size > 0 && fresh.size === batch.keys.length) {
      await observeRead(batch.kind, async read => {
        read.outcome = 'hit'
      })
    }
    return toFetched(fresh)
  }

  /**
   * Forgets every value of a kind, here and on every replica that shares the store. What is being fetched now is returned to the requests
   * that wait for it, and not cached.
   */
  forget(kind: ResponseKind): Promise<void> {
    return this.entries.forget(kind)
  }

  /** The epoch of a kind. */
  epochOf(kind: ResponseKind): CacheEpoch {
    return {
      value: () => this.entries.epochOf(kind),
      isCurrent: () => this.entries.isCurrent(kind),
      refresh: () => this.refreshEpoch(kind),
    }
  }

  private async refreshEpoch(kind: ResponseKind): Promise<void> {
    if (!this.entries.isCurrent(kind)) await this.entries.refresh(kind)
  }

  private refresh<T>(batch: CacheableBatch<T>, due: readonly string[]): Promise<ReadonlyMap<string, CacheEntry>> {
    // A read that began before a write must not answer one that began after it.
    return this.coalescer.run(`${this.entries.epochOf(batch.kind)} ${due.join('\n')}`, async () => {
      try {
        return await this.fetch(batch, due)
      } catch (error) {
        // When every caller has disconnected, or none may call any more, the upstream has not failed.
        if (error instanceof UpstreamError && !requestSignal()?.aborted) this.entries.markStale(due)
        throw error
      }
    })
  }

  private async fetch<T>(batch: CacheableBatch<T>, due: readonly string[]): Promise<ReadonlyMap<string, CacheEntry>> {
    const epoch = this.entries.epochOf(batch.kind)
    const parts = [...(await batch.fetch(due))]
    const fetched = []
    for (const [key, part] of parts) {
      fetched.push([key, await this.entries.create(part, batch.kindOf(part.value)), part] as const)
    }
    if (this.entries.epochOf(batch.kind) === epoch) {
      for (const [key, entry] of fetched) this.entries.set(key, entry)
      this.entries.store(batch.kind, fetched).catch(() => {})
    }
    return new Map(fetched.map(([key, entry]) => [key, entry]))
  }
}

/** @param notRefreshed keys whose refresh has just failed */
function toFetched<T>(
  entries: ReadonlyMap<string, CacheEntry>,
  notRefreshed: readonly string[] = [],
): ReadonlyMap<string, Fetched<T>> {
  const fetched = new Map<string, Fetched<T>>()
  for (const [key, { value, at, freshUntil, isStale }] of entries) {
    const stale = isStale || notRefreshed.includes(key)
    noteFreshUntil(stale ? 0 : freshUntil)
    fetched.set(key, { value: value as T, asOf: new Date(at).toISOString(), stale })
  }
  return fetched
}

function toPair<V>(key: string, value: V | undefined): readonly (readonly [string, V])[] {
  return value === undefined ? [] : [[key, value]]
}

/** True when the upstream failed. A refusal is no failure, nor is a missing record. */
function isOutage(error: unknown): boolean {
  return error instanceof UpstreamFormatError || (error instanceof UpstreamError && error.retryable)
}
