import { createHmac } from 'node:crypto'
import type { IntentKey } from './intent.js'

/** Every marker ends a description: ` [bg1w:…]` of a line item, ` [bg1o:…]` of an on-charged one. */
const MARKER = /\[bg1[a-z]:[a-z2-7]{16}(?:\.\d{1,4})?\]/i
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const LENGTH = 16

/** The marker of a line item that an intent adds: it is the same for every attempt, and reveals nothing of the key. */
export function lineMarker({ principal, operation, key }: IntentKey): string {
  return ` [bg1w:${digest('line item', principal, operation, key)}]`
}

/** True for text that has a marker, or looks like it. */
export function hasMarker(text: string): boolean {
  return MARKER.test(text)
}

/** Eighty bits of an HMAC over the parts, in lower-case base32. */
function digest(...parts: readonly string[]): string {
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
