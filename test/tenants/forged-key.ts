import { crc32 } from 'node:zlib'
import type { ApiKey } from '../../src/access/api-key.js'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECKSUM_LENGTH = 6

/** A well-formed key with one key's id, another's secret and a valid checksum. */
export function forgeKey({ id }: ApiKey, other: ApiKey): string {
  const secret = other.text.split('_')[2]?.slice(0, -CHECKSUM_LENGTH) ?? ''
  const body = `bg_${id}_${secret}`
  let [rest, checksum] = [crc32(body), '']
  for (; checksum.length < CHECKSUM_LENGTH; rest = Math.floor(rest / 62)) checksum = `${ALPHABET[rest % 62]}${checksum}`
  return body + checksum
}
