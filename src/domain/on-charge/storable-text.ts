/** Characters that 3scale stores as others, or cannot store: control characters, and those of four bytes in UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSTORABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g

/** 3scale's longest name and description, in characters. */
export const MAX_TEXT = 255

/** True for text that 3scale stores unchanged, if it is not too long. */
export function isStorable(text: string): boolean {
  return text.search(UNSTORABLE) === -1
}

/**
 * The text as 3scale stores it unchanged: `?` for each character that it cannot store, single spaces, and an ellipsis where it is cut.
 *
 * @param maxLength in characters
 */
export function storableText(text: string, maxLength: number): string {
  const storable = text.replace(/\s+/gu, ' ').replace(UNSTORABLE, '?').trim()
  return storable.length <= maxLength ? storable : `${storable.slice(0, maxLength - 1).trimEnd()}…`
}
