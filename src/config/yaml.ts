import { parseDocument } from 'yaml'

/** The text is no YAML that is taken. The message says where, and quotes nothing: it may be a secret. */
export class YamlError extends Error {
  override readonly name = 'YamlError'
}

const MAX_CHARACTERS = 1_048_576

/** Aliases count as often as what they stand for is repeated, so that a short text cannot unfold into a huge one. */
const MAX_ALIASES = 100

/**
 * Reads one YAML document, with anchors and merge keys. Every scalar stays the text that was written, since a password may
 * look like a number; only an empty one, `null` and `~` are null.
 *
 * @throws YamlError
 */
export function parseYaml(text: string): unknown {
  if (text.length > MAX_CHARACTERS) throw new YamlError(`is longer than ${MAX_CHARACTERS} characters`)
  const document = parseDocument(text, { schema: 'failsafe', customTags: ['null'], merge: true })
  const [error] = document.errors
  if (error) throw new YamlError(`is not YAML: see line ${error.linePos?.[0].line ?? '?'} (${error.code})`)
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch {
    throw new YamlError(`is not YAML that is taken: an alias has no anchor, or there are more than ${MAX_ALIASES}`)
  }
}
