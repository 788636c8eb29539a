/**
 * Characters that a terminal obeys instead of showing: control characters, line breaks of any kind, marks that change the
 * direction of text, and unpaired surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** Text on one line that is safe to write to a terminal: unsafe characters are written as `\n` or `\u001b`. */
export function toPrintable(text: string): string {
  return text.replace(UNSAFE, character => (character === '\n' ? '\\n' : escapeCharacter(character)))
}

/** JSON of the same value that is safe to write to a terminal. Line breaks stay. */
export function toPrintableJson(json: string): string {
  return json.replace(UNSAFE, character => (character === '\n' ? '\n' : escapeCharacter(character)))
}

/** A command-line argument in double quotes, cut after 80 characters. */
export function quote(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  return toPrintableJson(JSON.stringify(shown))
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
