import { API_KEY_START } from '../../access/api-key.js'
import { RefusedCallerError } from './authentication-error.js'

/** All values of each header, names in lower case. */
export type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>

/** What a caller shows, and by its form or its header what it is; an `other` is what Keystone may know. */
export interface Credential {
  readonly kind: 'key' | 'jwt' | 'keystone' | 'other'
  /** Secret. */
  readonly text: string
}

const HEADERS = ['authorization', 'x-api-key', 'x-auth-token'] as const

/** Longer than any token of Keystone's, or of an issuer that thinks of those who carry it. */
const MAX_LENGTH = 8_192

/** What may travel in a header and is one word. */
const ONE_WORD = /^[\x21-\x7e]+$/

/** @throws RefusedCallerError when there is none, are several, or is one that needs no further look */
export function readCredential(headers: HeaderValues): Credential {
  const [shown, another] = HEADERS.flatMap(name => (headers[name] ?? []).map(value => ({ name, value })))
  if (!shown) throw new RefusedCallerError('missing')
  if (another) throw new RefusedCallerError('several')
  const { name, value } = shown
  if (value.length > MAX_LENGTH) throw new RefusedCallerError('too-long')
  const text = name === 'authorization' ? bearerOf(value) : value
  if (!ONE_WORD.test(text)) throw new RefusedCallerError('malformed')
  return { kind: kindOf(name, text), text }
}

function bearerOf(value: string): string {
  return /^bearer +/i.test(value) ? value.replace(/^bearer +/i, '') : ''
}

function kindOf(header: (typeof HEADERS)[number], text: string): Credential['kind'] {
  // A key of ours is never shown to Keystone, whatever header it comes in.
  if (header === 'x-api-key' || text.startsWith(API_KEY_START)) return 'key'
  if (header === 'x-auth-token') return 'keystone'
  return text.split('.').length === 3 ? 'jwt' : 'other'
}
