import { hash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { LRUCache } from 'lru-cache'

/** What a credential has proved: the id of its principal, or null where it did not. */
export interface Lesson {
  readonly key: string
  readonly name: string | null
}

const MAX_CALLERS = 10_000
const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', 'x-auth-token'] as const

/** All whose credential has proved nothing yet: they take turns as one caller. No principal's id is empty. */
const STRANGERS = ''

/**
 * Who sent what credential before, under keys that tell nothing of it. Nobody is let in by this: it says only whose turn it is to
 * be heard, before anything is checked.
 */
export class KnownCallers {
  private readonly names = new LRUCache<string, string>({ max: MAX_CALLERS })

  /** @param secret another's, in another thread, for keys to be the same; its own unless given */
  constructor(readonly secret = randomBytes(32).toString('hex')) {}

  /** Under whose name a request takes its turn, and the key of its credential. */
  whoSent(headers: IncomingHttpHeaders): { readonly key: string; readonly name: string } {
    const key = this.keyOf(headers)
    return { key, name: this.names.get(key) ?? STRANGERS }
  }

  /** @returns false when that was known */
  learn({ key, name }: Lesson): boolean {
    if (name === null) return this.names.delete(key)
    if (this.names.get(key) === name) return false
    this.names.set(key, name)
    return true
  }

  /** One text for each credential, or for none. */
  private keyOf(headers: IncomingHttpHeaders): string {
    const shown = CREDENTIAL_HEADERS.map(name => headers[name] ?? '').join('\n')
    // Nobody sees these, so the secret before the text will do; an HMAC takes four times as long.
    return hash('sha256', `${this.secret}\n${shown}`, 'base64')
  }
}
