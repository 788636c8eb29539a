import { isProjectId, isThreescaleId } from '../domain/native-id.js'
import type { Grant, Grants } from './principal.js'

/** What can be granted. */
export type GrantKind = keyof Grants

/** Longer than any name that OpenStack lets a resource have. */
const MAX_PREFIX_LENGTH = 255

const FORMS: Readonly<Record<GrantKind, (word: string) => boolean>> = {
  projects: isProjectId,
  prefixes: word => word.length > 0 && word.length <= MAX_PREFIX_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(word),
  buyers: isThreescaleId,
}

/** What one word of a grant has to be, as it follows "is not". */
export const GRANT_EXPECTED: Readonly<Record<GrantKind, string>> = {
  projects: 'an OpenStack project id, or *',
  prefixes: `a prefix of 1 to ${MAX_PREFIX_LENGTH} characters, or *`,
  buyers: 'the id of a 3scale account, or *',
}

/** True for what can be granted one by one; `*` grants everything and is none of these. */
export function isGrantable(kind: GrantKind, word: string): boolean {
  return word !== '*' && FORMS[kind](word)
}

/**
 * A grant as others write it: `*` for everything, alone or alone in a list; a list of texts; one text; nothing at all, which
 * grants nothing.
 *
 * @returns null for anything else: half a grant is none
 */
export function readGrant(kind: GrantKind, value: unknown): Grant | null {
  if (value === undefined || value === null) return new Set()
  const words: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (words.length === 1 && words[0] === '*') return '*'
  const fits = (word: unknown): word is string => typeof word === 'string' && isGrantable(kind, word)
  return words.every(fits) ? new Set(words) : null
}
