import { HOSTILE_BYTES } from './hostile.js'
import type { Random } from './random.js'

/** Changes a text regardless of its structure: deletes, repeats, moves or replaces a part, or inserts a fragment. */
export function scrambleText(text: string, random: Random, fragments: readonly [string, ...string[]]): string {
  const from = random.below(text.length + 1)
  const to = Math.min(text.length, from + random.below(random.onceIn(4) ? 200 : 4))
  const part = text.slice(from, to)
  switch (random.below(5)) {
    case 0:
      return text.slice(0, from) + text.slice(to)
    case 1:
      return text.slice(0, to) + part + text.slice(to)
    case 2: {
      const rest = text.slice(0, from) + text.slice(to)
      const at = random.below(rest.length + 1)
      return rest.slice(0, at) + part + rest.slice(at)
    }
    case 3:
      return text.slice(0, from) + random.pick(fragments) + text.slice(to)
    default:
      return text.slice(0, from) + random.pick(fragments) + text.slice(from)
  }
}

/** The bytes of a text, now and then in another encoding, cut off, or with invalid bytes inserted. */
export function toBytes(text: string, random: Random): Uint8Array {
  if (!random.onceIn(12)) return Buffer.from(text)
  const bytes = Buffer.from(text)
  const at = random.below(bytes.length + 1)
  switch (random.below(6)) {
    case 0:
      return Buffer.from(text, 'latin1')
    case 1:
      return Buffer.from(random.onceIn(2) ? `\ufeff${text}` : text, 'utf16le')
    case 2:
      return Buffer.from(`\ufeff${text}`)
    case 3:
      return bytes.subarray(0, at)
    case 4:
      return Buffer.concat([bytes.subarray(0, at), random.pick(HOSTILE_BYTES), bytes.subarray(at)])
    default: {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8))
      return flipped
    }
  }
}
