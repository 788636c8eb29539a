import type { NamedText } from './data.js'
import { branch, leaf } from './xml.js'

/** An element of names and values, with both tags even when there are none. */
export function namedTexts(name: string, texts: readonly NamedText[] = []): string {
  return branch(
    name,
    texts.map(([child, text]) => leaf(child, text)),
  )
}
