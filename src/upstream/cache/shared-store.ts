import { createHmac } from 'node:crypto'
import type { Keyv } from 'keyv'

/** What a shared store is opened with. */
export interface SharedStoreOptions {
  readonly keyv: Keyv<string>
  /** Upstream and account, without secrets: `threescale https://acme-admin.example.com`. */
  readonly owner: string
  /** Secret; it makes the keys. */
  readonly credential: string
}

/** A response body and when it was fetched, in milliseconds of the clock. */
export interface StoredBody {
  readonly body: Uint8Array
  readonly at: number
}

/** A larger body is not sent to the store. */
const MAX_STORED_BYTES = 4 * 1024 * 1024

/**
 * Response bodies of one credential in a store that replicas share. The store can be written by others: an entry must name
 * its owner and its key, and readers decode the body like that of a response. Every failure is a miss.
 */
export class SharedStore {
  private readonly storeKey: (kind: string, key: string) => string

  constructor(private readonly options: SharedStoreOptions) {
    this.storeKey = createStoreKeys(options.credential)
  }

  /** Undefined for a miss: no entry, one of another owner or key, or a store that fails. */
  async read(kind: string, key: string): Promise<StoredBody | undefined> {
    const { keyv, owner } = this.options
    const text = await keyv.get(this.keyOf(kind, key)).catch(() => undefined)
    if (typeof text !== 'string') return undefined
    const [storedOwner, storedKey, at = '', ...lines] = text.split('\n')
    if (storedOwner !== owner || storedKey !== key || !/^\d{1,15}$/.test(at)) return undefined
    return { body: Buffer.from(lines.join('\n')), at: Number(at) }
  }

  /** Does nothing for a body that is too large. */
  async write(kind: string, key: string, { body, at }: StoredBody, ttlMs: number): Promise<void> {
    if (body.byteLength > MAX_STORED_BYTES || ttlMs <= 0) return
    const { keyv, owner } = this.options
    const text = [owner, key, String(at), Buffer.from(body).toString('utf8')].join('\n')
    await keyv.set(this.keyOf(kind, key), text, ttlMs).catch(() => {})
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
  const secret = createHmac('sha256', credential).update('billgraph: keys of a shared store').digest()
  return (kind, key) =>
    `billgraph:${kind}:${createHmac('sha256', secret).update(`${kind}\n${key}`).digest('base64url')}`
}
