import { hash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { LRUCache } from 'lru-cache'

const MAX_CALLERS = 10_000
const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', 'x-auth-token'] as const

/**
 * Who sent what credential before, under keys that tell nothing of it. Nobody is let in by this: it says only whose turn it is to
 * be heard, before anything is checked.
 */
export class KnownCallers {
  private readonly secret = randomBytes(32).toString('hex')
  private readonly names = new LRUCache<string, string>({ max: MAX_CALLERS })

  /** One text for each credential, or for none. */
  keyOf(headers: IncomingHttpHeaders): string {
    const shown = CREDENTIAL_HEADERS.map(name => headers[name] ?? '').join('\n')
    // Nobody sees these, so the secret before the text will do; an HMAC takes four times as long.
    return hash('sha256', `${this.secret}\n${shown}`, 'base64')
  }

  /** The principal's id; undefined when the credential has proved nothing yet. */
  nameOf(key: string): string | undefined {
    return this.names.get(key)
  }

  /** Notes what a credential has proved; null when it did not. */
  learn(key: string, name: string | null): void {
    if (name === null) this.names.delete(key)
    else this.names.set(key, name)
  }
}
