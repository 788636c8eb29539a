import { branch, leaf } from './xml.js'

/** Name and its text. */
export type NamedText = readonly [name: string, text: string]

/** Element of names and values, with an opening and a closing tag even if empty. */
export function namedTexts(name: string, texts: readonly NamedText[] = []): string {
  return branch(
    name,
    texts.map(([child, text]) => leaf(child, text)),
  )
}
