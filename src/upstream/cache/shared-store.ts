import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Keyv } from 'keyv'

/** What a shared store is opened with. */
export interface SharedStoreOptions {
  readonly keyv: Keyv<string>
  /** Upstream and account, without secrets: `threescale https://acme-admin.example.com`. */
  readonly owner: string
  /** Secret; it makes the keys, and signs the values. */
  readonly credential: string
  /** Takes a warning for the log. */
  readonly warn: (message: string) => void
}

/** A response body and when it was fetched, in milliseconds of the clock. */
export interface StoredBody {
  readonly body: Uint8Array
  readonly at: number
}

/** A larger body is not sent to the store. */
const MAX_STORED_BYTES = 4 * 1024 * 1024

/**
 * Response bodies of one credential in a store that replicas share. The store can be written by others: an entry is signed
 * together with its key, names its owner and its key, and is decoded like the body of a response. Every failure is a miss.
 */
export class SharedStore {
  private readonly storeKey: (kind: string, key: string) => string
  private readonly signature: (storeKey: string, value: string) => string
  private hasWarned = false

  constructor(private readonly options: SharedStoreOptions) {
    this.storeKey = createStoreKeys(options.credential)
    this.signature = createSignatures(options.credential)
  }

  /** Undefined for a miss: no entry, a changed one, one of another owner or key, or a store that fails. */
  async read(kind: string, key: string): Promise<StoredBody | undefined> {
    const { keyv, owner } = this.options
    const storeKey = this.keyOf(kind, key)
    const signed: unknown = await keyv.get(storeKey).catch(() => null)
    if (signed === undefined) return undefined
    const value = typeof signed === 'string' ? this.verified(storeKey, signed) : null
    if (value === null) return this.refuse()
    const [storedOwner, storedKey, at = '', ...lines] = value.split('\n')
    if (storedOwner !== owner || storedKey !== key || !/^\d{1,15}$/.test(at)) return undefined
    return { body: Buffer.from(lines.join('\n')), at: Number(at) }
  }

  /** Does nothing for a body that is too large. */
  async write(kind: string, key: string, { body, at }: StoredBody, ttlMs: number): Promise<void> {
    if (body.byteLength > MAX_STORED_BYTES || ttlMs <= 0) return
    const { keyv, owner } = this.options
    const storeKey = this.keyOf(kind, key)
    const value = [owner, key, String(at), Buffer.from(body).toString('utf8')].join('\n')
    await keyv.set(storeKey, `${this.signature(storeKey, value)}\n${value}`, ttlMs).catch(() => {})
  }

  /** The value without its signature; null unless that is valid for the value under this key. */
  private verified(storeKey: string, signed: string): string | null {
    const end = signed.indexOf('\n')
    const [signature, value] = [signed.slice(0, Math.max(0, end)), signed.slice(end + 1)]
    const [found, expected] = [Buffer.from(signature), Buffer.from(this.signature(storeKey, value))]
    return found.length === expected.length && timingSafeEqual(found, expected) ? value : null
  }

  /** A miss, reported once: a store that others write to would fill the log. */
  private refuse(): undefined {
    if (this.hasWarned) return
    this.hasWarned = true
    this.options.warn(
      `CACHE_URL: an entry of ${this.options.owner} was changed in the shared store, and is not used. ` +
        'Check who else can write to the store. Later changes are not logged.',
    )
  }

  private keyOf(kind: string, key: string): string {
    return this.storeKey(kind, `${this.options.owner}\n${key}`)
  }
}

/**
 * A function that makes the keys of entries in a store that others can read.
 *
 * @param credential Secret. Replicas that have it find each other's entries. The keys reveal neither project, month nor
 * invoice.
 */
export function createStoreKeys(credential: string): (kind: string, key: string) => string {
  // The label changes with the format of the values, so that other versions of the gateway do not find them.
  const secret = createHmac('sha256', credential).update('billgraph: keys of a shared store of signed values').digest()
  return (kind, key) =>
    `billgraph:${kind}:${createHmac('sha256', secret).update(`${kind}\n${key}`).digest('base64url')}`
}

/** A function that signs a value under its key in the store. */
function createSignatures(credential: string): (storeKey: string, value: string) => string {
  const secret = createHmac('sha256', credential).update('billgraph: values of a shared store').digest()
  return (storeKey, value) => createHmac('sha256', secret).update(`${storeKey}\n${value}`).digest('base64url')
}
