import { z } from 'zod'
import { isApiKeyId } from './api-key.js'
import { GRANT_EXPECTED, type GrantKind, isGrantable } from './read-grant.js'
import { SCOPES } from './scope.js'

const storedKey = z.strictObject({
  id: z.string().refine(isApiKeyId, { message: 'expected the id of a key' }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, { message: 'expected 64 hex digits' }),
  createdAt: z.iso.datetime(),
  /** Null for the current key; for a replaced key, when it expires. */
  validUntil: z.iso.datetime().nullable(),
})

const keyHolder = z.strictObject({
  name: z
    .string()
    .refine(isHolderName, { message: 'expected a name of letters, digits, dots, dashes and underscores' }),
  scopes: z.array(z.enum(SCOPES)),
  projects: grant('projects'),
  prefixes: grant('prefixes'),
  buyers: grant('buyers'),
  keys: z.array(storedKey).min(1),
})

const keyFile = z.strictObject({
  version: z.literal(1),
  holders: z
    .array(keyHolder)
    .refine(holders => isEachOnce(holders.map(({ name }) => name)), { message: 'expected each name once' })
    .refine(holders => isEachOnce(holders.flatMap(({ keys }) => keys.map(({ id }) => id))), {
      message: 'expected each key id once',
    }),
})

/** A stored key: its id and hash, never the key itself. Times are RFC 3339, UTC. */
export type StoredKey = Readonly<z.infer<typeof storedKey>>

/** A holder of keys. Rights belong to the holder, so that all its keys have the same. */
export type KeyHolder = Readonly<z.infer<typeof keyHolder>>

/** The content of the file that `billgraph keys` manages. */
export type KeyFile = Readonly<z.infer<typeof keyFile>>

/** A key file without holders. */
export const NO_KEYS: KeyFile = { version: 1, holders: [] }

/** The text is not a valid key file. Each problem names the place in the file and quotes no value. */
export class KeyFileError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '))
    this.name = 'KeyFileError'
  }
}

/** True for a valid holder name. Names appear in logs, so their characters are restricted. */
export function isHolderName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)
}

/**
 * Parses a key file.
 *
 * @throws KeyFileError with all problems
 */
export function decodeKeyFile(text: string): KeyFile {
  const result = keyFile.safeParse(parse(text))
  if (result.success) return result.data
  throw new KeyFileError(result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`))
}

/** The text of a key file. */
export function encodeKeyFile(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message would quote the text.
    throw new KeyFileError(['the file: is not JSON'])
  }
}

function grant(kind: GrantKind) {
  const word = z.string().refine(text => isGrantable(kind, text), { message: `expected ${GRANT_EXPECTED[kind]}` })
  return z.union([z.literal('*'), z.array(word)], { error: `expected a list, or *; each ${GRANT_EXPECTED[kind]}` })
}

function isEachOnce(words: readonly string[]): boolean {
  return new Set(words).size === words.length
}
