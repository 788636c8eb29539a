import { isProjectId, isThreescaleId } from '../domain/native-id.js'
import type { Grant, Grants } from './principal.js'

/** The kinds of grants. */
export type GrantKind = keyof Grants

/** The longest resource name that OpenStack allows. */
const MAX_PREFIX_LENGTH = 255

const FORMS: Readonly<Record<GrantKind, (word: string) => boolean>> = {
  projects: isProjectId,
  prefixes: word => word.length > 0 && word.length <= MAX_PREFIX_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(word),
  buyers: isThreescaleId,
}

/** What one entry of a grant has to be, for messages. */
export const GRANT_EXPECTED: Readonly<Record<GrantKind, string>> = {
  projects: 'an OpenStack project id, or *',
  prefixes: `a prefix of 1 to ${MAX_PREFIX_LENGTH} characters, or *`,
  buyers: 'the id of a 3scale account, or *',
}

/** True for a valid single entry of a grant. `*`, which grants everything, is not one. */
export function isGrantable(kind: GrantKind, word: string): boolean {
  return word !== '*' && FORMS[kind](word)
}

/**
 * Parses a grant: `*` for everything, alone or as the only entry of a list; a list of texts; one text; or nothing, which grants
 * nothing.
 *
 * @returns null for anything else, even when some entries are valid
 */
export function readGrant(kind: GrantKind, value: unknown): Grant | null {
  if (value === undefined || value === null) return new Set()
  const words: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (words.length === 1 && words[0] === '*') return '*'
  const fits = (word: unknown): word is string => typeof word === 'string' && isGrantable(kind, word)
  return words.every(fits) ? new Set(words) : null
}
