import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The text is not YAML, or is not accepted. The message says where and quotes nothing, since the text may hold secrets. */
export class YamlError extends Error {
  override readonly name = 'YamlError'
}

const MAX_CHARACTERS = 1_048_576

/** Limits how often aliases are expanded, so that a short text cannot expand into a huge value. */
const MAX_ALIASES = 100

/**
 * Parses one YAML document, with anchors and merge keys. Scalars stay text, since a password may look like a number. Only an
 * empty scalar, `null` and `~` are null.
 *
 * @throws YamlError
 */
export function parseYaml(text: string): unknown {
  if (text.length > MAX_CHARACTERS) throw new YamlError(`is longer than ${MAX_CHARACTERS} characters`)
  // Loaded only where there is a YAML file, to start faster.
  const { parseDocument } = require('yaml') as typeof import('yaml')
  const document = parseDocument(text, { schema: 'failsafe', customTags: ['null'], merge: true })
  const [error] = document.errors
  if (error) throw new YamlError(`is not YAML: see line ${error.linePos?.[0].line ?? '?'} (${error.code})`)
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch {
    throw new YamlError(
      `is not accepted as YAML: an alias has no anchor, or more than ${MAX_ALIASES} aliases are expanded`,
    )
  }
}
