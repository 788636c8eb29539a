import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../../request/clock.js'
import { deepFreezeInTurns } from '../decoding/deep-freeze.js'
import type { CacheableBatch, FetchedPart } from './cacheable.js'
import { SharedGeneration, type SharedGenerationOptions } from './shared-generation.js'
import type { SharedStore } from './shared-store.js'
import { type CacheTtl, type CacheTtls, FORGETTABLE_KINDS, type ResponseKind } from './ttl.js'

/** What cache entries are held with. */
export interface CacheEntriesOptions {
  /** Null holds nothing. */
  readonly ttls: CacheTtls | null
  /** Shared by replicas; null holds entries in memory only. */
  readonly store: SharedStore | null
  /** Where replicas learn that values of a kind were forgotten; null for a cache that no replica shares. */
  readonly generations?: SharedGenerations | null | undefined
  readonly clock: Clock
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number
}

/** Where the generations of a store's values are held. */
export interface SharedGenerations {
  readonly store: SharedGenerationOptions['store']
  readonly keyOf: (kind: ResponseKind) => string
}

/** A cached value. Times are milliseconds of the clock. */
export interface CacheEntry {
  readonly kind: ResponseKind | null
  readonly value: unknown
  /** Of the body that the value was decoded from. */
  readonly bytes: number
  readonly digest: string | undefined
  /** When it was fetched. */
  readonly at: number
  readonly freshUntil: number
  readonly ttl: CacheTtl
  /** True once a refresh has failed. */
  isStale: boolean
}

/** Bounds the bodies that cached values were decoded from. */
const MAX_BYTES = 48 * 1024 * 1024
const MAX_ENTRIES = 20_000
/** Random part of the fresh time, so that values fetched together are not all refreshed together. */
const JITTER = 0.1
const NO_TTL: CacheTtl = { freshMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 }

/** Cache entries in memory, and behind them in the store that replicas share. */
export class CacheEntries {
  private readonly memory = new LRUCache<string, CacheEntry>({
    max: MAX_ENTRIES,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }) => bytes + 1,
  })

  /** How many times the values of a kind were forgotten. */
  private readonly epochs = new Map<ResponseKind, number>()

  /** Of the kinds that are forgotten, where replicas share a store. */
  private readonly generations = new Map<ResponseKind, SharedGeneration>()

  constructor(private readonly options: CacheEntriesOptions) {
    const { generations, ttls } = options
    if (!generations || ttls === null) return
    for (const kind of FORGETTABLE_KINDS) {
      const onChange = (): void => this.forgetHere(kind)
      const key = generations.keyOf(kind)
      this.generations.set(kind, new SharedGeneration({ store: generations.store, key, onChange }))
    }
  }

  /** Changes when the values of a kind are forgotten. */
  epochOf(kind: ResponseKind): number {
    return this.epochs.get(kind) ?? 0
  }

  /** True when no replica can have forgotten the values of a kind without this one knowing. */
  isCurrent(kind: ResponseKind): boolean {
    return this.generations.get(kind)?.isCurrent ?? true
  }

  /** Forgets the values of a kind if another replica has. */
  async refresh(kind: ResponseKind): Promise<void> {
    await this.generations.get(kind)?.refresh()
  }

  /** Forgets every value of a kind, here and on every replica that shares the store. */
  async forget(kind: ResponseKind): Promise<void> {
    this.forgetHere(kind)
    await this.generations.get(kind)?.renew()
  }

  private forgetHere(kind: ResponseKind): void {
    this.epochs.set(kind, this.epochOf(kind) + 1)
    for (const [key, entry] of this.memory.entries()) if (entry.kind === kind) this.memory.delete(key)
  }

  /** The entries in memory, by key. */
  find(keys: readonly string[]): ReadonlyMap<string, CacheEntry> {
    const found = new Map<string, CacheEntry>()
    for (const key of keys) {
      const entry = this.memory.get(key)
      if (entry) found.set(key, entry)
    }
    return found
  }

  /** The value in memory that was decoded from a body of this digest. */
  decoded(key: string, digest: string): { readonly value: unknown } | undefined {
    const entry = this.memory.peek(key)
    return entry?.digest === digest ? entry : undefined
  }

  /** An entry for a value that was just fetched. It is not held yet. */
  async create(
    { value, bytes, digest }: Omit<FetchedPart<unknown>, 'encode'>,
    kind: ResponseKind | null,
    at = this.now(),
  ): Promise<CacheEntry> {
    await deepFreezeInTurns(value)
    const { ttls, random } = this.options
    const ttl = (kind !== null && ttls?.[kind]) || NO_TTL
    const jitter = 1 + JITTER * (2 * random() - 1)
    // Without a cache nothing limits how long a response made of the value is fresh, unless the value is incomplete.
    const freshUntil = kind === null ? 0 : ttls === null ? Number.POSITIVE_INFINITY : at + ttl.freshMs * jitter
    return { kind, value, bytes, digest, at, freshUntil, ttl, isStale: false }
  }

  /** Holds the entry for what is left of its TTL. */
  set(key: string, entry: CacheEntry): void {
    const ttlMs = lifetimeMs(entry.ttl) - (this.now() - entry.at)
    if (ttlMs > 0) this.memory.set(key, entry, { ttl: ttlMs })
  }

  /** Marks entries whose refresh has failed. */
  markStale(keys: readonly string[]): void {
    for (const key of keys) {
      const entry = this.memory.peek(key)
      if (entry) entry.isStale = true
    }
  }

  /** Brings into memory what another replica has stored. */
  async recall<T>(batch: CacheableBatch<T>): Promise<void> {
    const { store } = this.options
    if (!store) return
    const missing = batch.keys.filter(key => !this.memory.has(key))
    await Promise.all(missing.map(key => this.recallOne(store, batch, key).catch(() => {})))
  }

  /** Writes entries to the shared store. */
  async store(
    kind: ResponseKind,
    written: readonly (readonly [string, CacheEntry, FetchedPart<unknown>])[],
  ): Promise<void> {
    const { store } = this.options
    if (!store) return
    const writes = written.map(async ([key, { at, ttl }, part]) => {
      const ttlMs = lifetimeMs(ttl)
      if (ttlMs > 0) await store.write(kind, this.storeKey(kind, key), { body: part.encode(), at }, ttlMs)
    })
    await Promise.all(writes)
  }

  isFresh(entry: CacheEntry | undefined): boolean {
    return entry !== undefined && this.now() < entry.freshUntil
  }

  /** True when the entry is younger than that time of its TTL. */
  isWithin(limit: keyof CacheTtl, entry: CacheEntry | undefined): boolean {
    return entry !== undefined && this.now() - entry.at < entry.ttl[limit]
  }

  /** A stored body is decoded like that of a response: a store can be written by others. */
  private async recallOne<T>(
    store: SharedStore,
    { kind, decode, kindOf }: CacheableBatch<T>,
    key: string,
  ): Promise<void> {
    const epoch = this.epochOf(kind)
    // What is stored could be older than a write.
    if (this.generations.get(kind)?.isRead === false) return
    const stored = await store.read(kind, this.storeKey(kind, key))
    if (!stored) return
    const { body } = stored
    const at = Math.min(stored.at, this.now())
    const value = await decode(body, new Date(at).toISOString())
    const entry = await this.create({ value, bytes: body.byteLength, digest: digestOf(body) }, kindOf(value), at)
    // A value that was fetched meanwhile is newer, and so is a write.
    if (this.epochOf(kind) === epoch && !this.memory.has(key)) this.set(key, entry)
  }

  /** What was stored before a write is not found after it. */
  private storeKey(kind: ResponseKind, key: string): string {
    const generation = this.generations.get(kind)
    return generation ? `${generation.value} ${key}` : key
  }

  private now(): number {
    return this.options.clock().getTime()
  }
}

/** Tells bodies apart. */
export function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64')
}

function lifetimeMs({ freshMs, staleWhileRevalidateMs, staleIfErrorMs }: CacheTtl): number {
  return Math.max(freshMs, staleWhileRevalidateMs, staleIfErrorMs)
}
