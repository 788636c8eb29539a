/**
 * The body with every element of these names emptied: for what holds keys or card data, and is not to be read at all. Works on
 * bytes before they are parsed; of an element within one of its own name a rest stays, which no parser then accepts.
 */
export function omitElements(body: Uint8Array, names: readonly string[]): Uint8Array {
  const element = new RegExp(`<(${names.join('|')})(?:\\s[^<>]*)?(?<!/)>[\\s\\S]*?</\\1\\s*>`, 'g')
  // Latin-1 gives each byte one character, and back: whether the text is UTF-8 is decided later.
  return Buffer.from(Buffer.from(body).toString('latin1').replace(element, '<$1/>'), 'latin1')
}
