import { branch, leaf } from './xml.js'

/** A name and its text. */
export type NamedText = readonly [name: string, text: string]

/** An element of names and values, with both tags even when there are none. */
export function namedTexts(name: string, texts: readonly NamedText[] = []): string {
  return branch(
    name,
    texts.map(([child, text]) => leaf(child, text)),
  )
}
