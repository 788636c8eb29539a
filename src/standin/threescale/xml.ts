/** Text content of an element. `null` is the server's nil and prints `<x/>`; '' prints `<x></x>`. */
export type XmlText = string | number | boolean | null

/** Attributes in printing order. */
export type XmlAttributes = Readonly<Record<string, string | number | boolean>>

/** Element with text. */
export function leaf(name: string, text: XmlText): string {
  return text === null ? `<${name}/>` : `<${name}>${escapeText(String(text))}</${name}>`
}

/** Element with child elements, with an opening and a closing tag even if empty. */
export function branch(name: string, children: readonly string[], attributes: XmlAttributes = {}): string {
  return `<${name}${printAttributes(attributes)}>${children.join('')}</${name}>`
}

/** Element with child elements, self-closing if empty. */
export function branchOrEmpty(name: string, children: readonly string[]): string {
  return children.length === 0 ? `<${name}/>` : branch(name, children)
}

/** Self-closing element. */
export function empty(name: string, attributes: XmlAttributes): string {
  return `<${name}${printAttributes(attributes)}/>`
}

/** Document on one line: the declaration, directly followed by the root element. */
export function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${root}`
}

/**
 * Text as printed by the server: `&`, `<` and `>` as entities, characters forbidden in XML as U+FFFD, and U+0080 to
 * U+009F as Windows-1252 bytes, which they usually are in pasted text.
 */
export function escapeText(text: string): string {
  if (plain.test(text)) return text
  return text
    .replace(/[\u0080-\u009f]/g, character => windows1252.decode(Uint8Array.of(character.charCodeAt(0))))
    .replace(forbidden, '\ufffd')
    .replace(/[&<>]/g, character => entities[character] ?? character)
}

/** Most texts: without characters to escape. */
const plain = /^[ -%'-;=?-~]*$/
const windows1252 = new TextDecoder('windows-1252')
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function printAttributes(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}
