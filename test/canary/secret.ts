/** Something that nobody may ever find outside the place it is for. */
export interface Secret {
  readonly name: string
  readonly text: string
}

/** Enough characters in a row to count as a leak, too many to stand somewhere by chance: parsers quote ten, or twenty. */
const PIECE = 9

/** No text to look for is shorter. */
export const MIN_NEEDLE = 9

/**
 * The secret, as texts to look for: each piece of it, in each encoding.
 *
 * @throws RangeError for one that is too short to be told from noise
 */
export function needlesOf({ name, text }: Secret): readonly string[] {
  const characters = [...text]
  const last = characters.length - PIECE
  if (last < PIECE) throw new RangeError(`${name} is too short to be told from noise`)
  const starts = [...Array.from({ length: Math.ceil(last / PIECE) }, (_, index) => index * PIECE), last]
  const pieces = starts.map(start => characters.slice(start, start + PIECE).join(''))
  return [...new Set(pieces.flatMap(piece => [...encodingsOfBytes(Buffer.from(piece)), ...encodingsOfText(piece)]))]
}

function encodingsOfBytes(bytes: Buffer): readonly string[] {
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].map(offset => base64Core(bytes, offset))
  return [hex, hex.toUpperCase(), ...base64, ...base64.map(text => text.replaceAll('+', '-').replaceAll('/', '_'))]
}

function encodingsOfText(text: string): readonly string[] {
  const percent = encodeURIComponent(text)
  const form = new URLSearchParams({ '': text }).toString().slice(1)
  return [text, JSON.stringify(text).slice(1, -1), percent, percent.toLowerCase(), form]
}

/** What stays the same of the bytes' base64 when so many bytes stand before them, and whatever comes after. */
function base64Core(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 8) / 6))
}
