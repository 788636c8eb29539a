import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** A key as its holder sends it, taken apart. */
export interface ApiKey {
  /** Names the key; no secret. */
  readonly id: string
  /** The whole key. Secret. */
  readonly text: string
}

/** What every key begins with: by it, and by the checksum, scanners of repositories and logs know a key from noise. */
export const API_KEY_START = 'bg_'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 12
/** 62^43 is more than 2^256. */
const SECRET_LENGTH = 43
/** 62^6 is more than 2^32. */
const CHECKSUM_LENGTH = 6

const FORM = new RegExp(`^(${API_KEY_START}([0-9A-Za-z]{${ID_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{6})$`)

/** True for what can name a key. */
export function isApiKeyId(text: string): boolean {
  return text.length === ID_LENGTH && /^[0-9A-Za-z]+$/.test(text)
}

/** A new key: `bg_<id>_<secret><checksum>`. */
export function makeApiKey(): ApiKey {
  const id = randomText(ID_LENGTH)
  const body = `${API_KEY_START}${id}_${randomText(SECRET_LENGTH)}`
  return { id, text: body + checksumOf(body) }
}

/** The key, or null for text that is none: of another form, or mistyped. */
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
