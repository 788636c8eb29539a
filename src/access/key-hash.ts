import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKey } from './api-key.js'

/**
 * The SHA-256 of a key, as hex. A fast hash is right for a secret of 256 random bits: slow hashes such as scrypt protect
 * guessable passwords, and no key is likelier than another. A slow hash would only let clients with wrong keys load the gateway.
 */
export function hashOf({ text }: ApiKey): string {
  return createHash('sha256').update(text).digest('hex')
}

/** True when the key has this hash. Compares in constant time. */
export function isHashOf(hash: string, key: ApiKey): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(key), 'hex'))
}
