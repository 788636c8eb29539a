import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKey } from './api-key.js'

/**
 * What is kept of a key, as hex. One round of SHA-256 is right for a secret of 256 random bits: slow hashes such as scrypt are
 * there to make the few likely passwords dear to try, and here none is likelier than another. A slow one would only let whoever
 * sends wrong keys keep the gateway busy.
 */
export function hashOf({ text }: ApiKey): string {
  return createHash('sha256').update(text).digest('hex')
}

/** True when the key is the one that was hashed. Takes as long for a near miss as for a far one. */
export function isHashOf(hash: string, key: ApiKey): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(key), 'hex'))
}
