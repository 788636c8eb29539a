import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** An API key. */
export interface ApiKey {
  /** The public part, by which logs and key files name the key. */
  readonly id: string
  /** The whole key, as its holder sends it. Secret. */
  readonly text: string
}

/** Prefix of every key. With the checksum it lets secret scanners recognise a key in a repository or a log. */
export const API_KEY_START = 'bg_'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 12
/** 62^43 is more than 2^256. */
const SECRET_LENGTH = 43
/** 62^6 is more than 2^32. */
const CHECKSUM_LENGTH = 6

const FORM = new RegExp(`^(${API_KEY_START}([0-9A-Za-z]{${ID_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{6})$`)

/** True for text with the form of a key id. */
export function isApiKeyId(text: string): boolean {
  return text.length === ID_LENGTH && /^[0-9A-Za-z]+$/.test(text)
}

/** Returns a new random key: `bg_<id>_<secret><checksum>`. */
export function makeApiKey(): ApiKey {
  const id = randomText(ID_LENGTH)
  const body = `${API_KEY_START}${id}_${randomText(SECRET_LENGTH)}`
  return { id, text: body + checksumOf(body) }
}

/** Parses a key. Null for text of another form or with a wrong checksum, such as a mistyped key. */
export function readApiKey(text: string): ApiKey | null {
  const [, body, id, checksum] = FORM.exec(text) ?? []
  if (body === undefined || id === undefined || checksum !== checksumOf(body)) return null
  return { id, text }
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

function checksumOf(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    text = `${ALPHABET[rest % ALPHABET.length]}${text}`
    rest = Math.floor(rest / ALPHABET.length)
  }
  return text
}
