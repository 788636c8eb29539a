/** How names match a prefix. STARTS_WITH: plain text. SEGMENT: the prefix must also end at the end of a segment of the name. */
export type PrefixMatch = 'STARTS_WITH' | 'SEGMENT'

const SEPARATORS = '-_./:'

/**
 * True when a resource name matches the prefix. Case-sensitive, plain text; `''` matches every name, and a resource without one.
 *
 * SEGMENT: the prefix is the whole name, or is followed by (or ends with) one of `- _ . / :`, so that `customer-1` does not match
 * `customer-10`.
 */
export function matchesPrefix(name: string | null, prefix: string, match: PrefixMatch): boolean {
  if (prefix === '') return true
  if (name === null || !name.startsWith(prefix)) return false
  if (match === 'STARTS_WITH' || name.length === prefix.length) return true
  return SEPARATORS.includes(name.charAt(prefix.length)) || SEPARATORS.includes(prefix.slice(-1))
}
