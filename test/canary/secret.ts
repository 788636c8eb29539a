/** A value that may appear only in the places meant for it. */
export interface Secret {
  readonly name: string
  readonly text: string
}

/** Length of a piece: long enough not to occur by chance, short enough for parsers, which quote ten or twenty characters. */
const PIECE = 9

/** Minimum length of a search text. */
export const MIN_NEEDLE = 9

/**
 * Search texts for a secret: each piece of it in each encoding.
 *
 * @throws RangeError for a secret too short to distinguish from random text
 */
export function needlesOf({ name, text }: Secret): readonly string[] {
  const characters = [...text]
  const last = characters.length - PIECE
  if (last < PIECE) throw new RangeError(`${name} is too short to distinguish from random text`)
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

/** The part of the bytes' base64 that does not depend on what stands before and after them. */
function base64Core(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 8) / 6))
}
