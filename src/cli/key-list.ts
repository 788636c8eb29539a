import { isAlive } from '../access/key-changes.js'
import type { KeyHolder, StoredKey } from '../access/key-file.js'
import { formatTable } from './table.js'

const HEADER = ['Name', 'Key', 'Made', 'Good until', 'Scopes', 'Projects', 'Prefixes', 'Buyers']

/** Who has which key for what, a line a key. Of a key only its id: that is how a log or a caller names it. */
export function printKeys(holders: readonly KeyHolder[], now: Date): string {
  return formatTable(
    HEADER,
    holders.flatMap(holder => holder.keys.map(key => toRow(holder, key, now))),
  )
}

function toRow({ name, scopes, projects, prefixes, buyers }: KeyHolder, key: StoredKey, now: Date): readonly string[] {
  const end = isAlive(key, now) ? (key.validUntil ?? 'removed') : `${key.validUntil} (over)`
  return [name, `bg_${key.id}_…`, key.createdAt, end, ...[scopes, projects, prefixes, buyers].map(toText)]
}

function toText(words: '*' | readonly string[]): string {
  return words === '*' ? words : words.join(', ') || '-'
}
