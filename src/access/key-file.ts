import { z } from 'zod'
import { isApiKeyId } from './api-key.js'
import { GRANT_EXPECTED, type GrantKind, isGrantable } from './read-grant.js'
import { SCOPES } from './scope.js'

const storedKey = z.strictObject({
  id: z.string().refine(isApiKeyId, { message: 'expected the id of a key' }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, { message: 'expected 64 hex digits' }),
  createdAt: z.iso.datetime(),
  /** Null of the key that is in use; of one that was replaced, when it ends. */
  validUntil: z.iso.datetime().nullable(),
})

const keyHolder = z.strictObject({
  name: z.string().refine(isHolderName, { message: 'expected a name of letters, digits, dots and dashes' }),
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
    .refine(holders => isEachOnce(holders.map(({ name }) => name)), { message: 'a name is there twice' })
    .refine(holders => isEachOnce(holders.flatMap(({ keys }) => keys.map(({ id }) => id))), {
      message: 'the id of a key is there twice',
    }),
})

/** What is kept of one key: its hash, never the key. Times are RFC 3339, UTC. */
export type StoredKey = Readonly<z.infer<typeof storedKey>>

/** Somebody who has keys. The rights are the holder's, so that they cannot differ from one key to the next. */
export type KeyHolder = Readonly<z.infer<typeof keyHolder>>

/** The file that `billgraph keys` keeps. */
export type KeyFile = Readonly<z.infer<typeof keyFile>>

/** A file without anybody. */
export const NO_KEYS: KeyFile = { version: 1, holders: [] }

/** The text is no file of keys. Each problem names its place, and no value. */
export class KeyFileError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '))
    this.name = 'KeyFileError'
  }
}

/** True for what a holder can be called: the name stands in logs. */
export function isHolderName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)
}

/** @throws KeyFileError with all problems */
export function decodeKeyFile(text: string): KeyFile {
  const result = keyFile.safeParse(parse(text))
  if (result.success) return result.data
  throw new KeyFileError(result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`))
}

/** As it is written to disk. */
export function encodeKeyFile(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
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
