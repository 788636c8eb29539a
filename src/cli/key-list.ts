import { isValid } from '../access/key-changes.js'
import type { KeyHolder, StoredKey } from '../access/key-file.js'
import { formatTable } from './table.js'

const HEADER = ['Name', 'Key', 'Created', 'Expires', 'Scopes', 'Projects', 'Prefixes', 'Buyers']

/** A table of all keys with their holders' rights, one row for each key. A key is shown by its id, as in the log. */
export function formatKeys(holders: readonly KeyHolder[], now: Date): string {
  return formatTable(
    HEADER,
    holders.flatMap(holder => holder.keys.map(key => toRow(holder, key, now))),
  )
}

function toRow({ name, scopes, projects, prefixes, buyers }: KeyHolder, key: StoredKey, now: Date): readonly string[] {
  const expiry = isValid(key, now) ? (key.validUntil ?? 'no expiry') : `${key.validUntil} (expired)`
  return [name, `bg_${key.id}_…`, key.createdAt, expiry, ...[scopes, projects, prefixes, buyers].map(toText)]
}

function toText(words: '*' | readonly string[]): string {
  return words === '*' ? words : words.join(', ') || '-'
}
