import { API_KEY_START } from '../../access/api-key.js'
import { AuthenticationError } from './authentication-error.js'

/** All values of each header, by its lower-case name. */
export type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>

/** A credential, with its kind by form and header. Keystone may know an `other`. */
export interface Credential {
  readonly kind: 'key' | 'jwt' | 'keystone' | 'other'
  /** Secret. */
  readonly text: string
}

const HEADERS = ['authorization', 'x-api-key', 'x-auth-token'] as const

/** Longer than any Keystone token or sensible JWT. */
const MAX_LENGTH = 8_192

/** Printable ASCII without spaces. */
const TOKEN = /^[\x21-\x7e]+$/

/** The credential of a request. @throws AuthenticationError when there is none, more than one, or a malformed one */
export function readCredential(headers: HeaderValues): Credential {
  const [first, second] = HEADERS.flatMap(name => (headers[name] ?? []).map(value => ({ name, value })))
  if (!first) throw new AuthenticationError('missing')
  if (second) throw new AuthenticationError('several')
  const { name, value } = first
  if (value.length > MAX_LENGTH) throw new AuthenticationError('too-long')
  const text = name === 'authorization' ? bearerOf(value) : value
  if (!TOKEN.test(text)) throw new AuthenticationError('malformed')
  return { kind: kindOf(name, text), text }
}

function bearerOf(value: string): string {
  return /^bearer +/i.test(value) ? value.replace(/^bearer +/i, '') : ''
}

function kindOf(header: (typeof HEADERS)[number], text: string): Credential['kind'] {
  // An API key is never sent to Keystone, whatever its header.
  if (header === 'x-api-key' || text.startsWith(API_KEY_START)) return 'key'
  if (header === 'x-auth-token') return 'keystone'
  return text.split('.').length === 3 ? 'jwt' : 'other'
}
