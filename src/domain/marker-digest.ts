import { createHmac } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const LENGTH = 16

/** The part of a marker that identifies what it is for: eighty bits of an HMAC over the parts, in lower-case base32. */
export function markerDigest(...parts: readonly string[]): string {
  const bytes = createHmac('sha256', 'billgraph marker 1').update(JSON.stringify(parts)).digest()
  let text = ''
  let [bits, count] = [0, 0]
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    count += 8
    while (count >= 5 && text.length < LENGTH) {
      count -= 5
      text += ALPHABET[(bits >> count) & 31]
    }
  }
  return text
}
