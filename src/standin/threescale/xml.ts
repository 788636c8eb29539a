/** What an element can hold as text. `null` is the server's nil and prints `<x/>`; '' prints `<x></x>`. */
export type XmlText = string | number | boolean | null

/** Attributes in the order they are printed. */
export type XmlAttributes = Readonly<Record<string, string | number | boolean>>

/** An element that holds text. */
export function leaf(name: string, text: XmlText): string {
  return text === null ? `<${name}/>` : `<${name}>${escapeText(String(text))}</${name}>`
}

/** An element that holds elements, with an opening and a closing tag even when there are none. */
export function branch(name: string, children: readonly string[], attributes: XmlAttributes = {}): string {
  return `<${name}${printAttributes(attributes)}>${children.join('')}</${name}>`
}

/** An element that holds elements, self-closed when there are none. */
export function branchOrEmpty(name: string, children: readonly string[]): string {
  return children.length === 0 ? `<${name}/>` : branch(name, children)
}

/** A self-closed element. */
export function empty(name: string, attributes: XmlAttributes): string {
  return `<${name}${printAttributes(attributes)}/>`
}

/** A whole document on one line: the declaration, directly followed by the root element. */
export function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${root}`
}

/**
 * Text as the server prints it: `&`, `<` and `>` as entities, characters XML forbids as U+FFFD, and U+0080 to U+009F
 * read as the Windows-1252 bytes they mostly are when somebody pasted them.
 */
export function escapeText(text: string): string {
  if (plain.test(text)) return text
  return text
    .replace(/[\u0080-\u009f]/g, character => windows1252.decode(Uint8Array.of(character.charCodeAt(0))))
    .replace(forbidden, '\ufffd')
    .replace(/[&<>]/g, character => entities[character] ?? character)
}

/** What most texts are: nothing in them has to be looked for. */
const plain = /^[ -%'-;=?-~]*$/
const windows1252 = new TextDecoder('windows-1252')
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function printAttributes(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}
