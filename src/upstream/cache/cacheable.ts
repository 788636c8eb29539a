import type { ResponseKind } from './ttl.js'

/** A request to an upstream, and how its response is decoded. */
export interface CacheableRequest<T> {
  readonly kind: ResponseKind
  /** Unique among all requests to the upstream: path and query. */
  readonly key: string
  /** Returns the body of a successful response. */
  fetch(): Promise<Uint8Array>
  /** @throws UpstreamFormatError */
  decode(body: Uint8Array): T | Promise<T>
}

/** Values that one call can fetch together and that are cached one by one. */
export interface CacheableBatch<T> {
  /** Names the entries in the shared store. */
  readonly kind: ResponseKind
  readonly keys: readonly string[]
  /** Returns the values of these keys; it may return others that came with them. */
  fetch(keys: readonly string[]): Promise<ReadonlyMap<string, FetchedPart<T>>>
  /**
   * Reads what `FetchedPart.encode` wrote.
   *
   * @param asOf when it was fetched; RFC 3339, UTC
   * @throws UpstreamFormatError
   */
  decode(body: Uint8Array, asOf: string): T | Promise<T>
  /** The kind whose TTL applies to the value; null for an incomplete value, which is not cached. */
  kindOf(value: T): ResponseKind | null
}

/** One value of a batch. */
export interface FetchedPart<T> {
  readonly value: T
  /** Size of the body, as near as is known. */
  readonly bytes: number
  /** Digest of the body; absent when equal bodies are not to be recognised. */
  readonly digest?: string
  /** The body for the shared store. */
  encode(): Uint8Array
}
