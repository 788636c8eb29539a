/**
 * What a terminal would obey instead of showing it: control characters, line breaks of any kind, marks that turn the direction
 * of text, halves of characters.
 */
const OBEYED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** Text from elsewhere on one line, as a terminal may be given it: what it would obey is written as `\n` or `\u001b`. */
export function visible(text: string): string {
  return text.replace(OBEYED, character => (character === '\n' ? '\\n' : escaped(character)))
}

/** JSON text in which nothing is left that a terminal would obey, save line breaks; it means the same. */
export function visibleJson(json: string): string {
  return json.replace(OBEYED, character => (character === '\n' ? '\n' : escaped(character)))
}

/** What somebody typed, in quotes and of a decent length. */
export function quote(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  return visibleJson(JSON.stringify(shown))
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
