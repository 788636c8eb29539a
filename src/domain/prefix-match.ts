/** STARTS_WITH: plain text. SEGMENT: the prefix must also end where a segment of the name ends. */
export type PrefixMatch = 'STARTS_WITH' | 'SEGMENT'

const SEPARATORS = '-_./:'

/**
 * True when a resource of that name belongs to the prefix. Case-sensitive, plain text; `''` matches every name, and
 * also a resource without one.
 *
 * SEGMENT: the prefix ends the name, or is followed by (or itself ends with) one of `- _ . / :`, so that `customer-1`
 * never takes `customer-10`.
 */
export function matchesPrefix(name: string | null, prefix: string, match: PrefixMatch): boolean {
  if (prefix === '') return true
  if (name === null || !name.startsWith(prefix)) return false
  if (match === 'STARTS_WITH' || name.length === prefix.length) return true
  return SEPARATORS.includes(name.charAt(prefix.length)) || SEPARATORS.includes(prefix.slice(-1))
}
