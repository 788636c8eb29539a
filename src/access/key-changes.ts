import type { KeyFile, KeyHolder, StoredKey } from './key-file.js'

/** The file with another holder; null when the name exists. */
export function addHolder(file: KeyFile, holder: KeyHolder): KeyFile | null {
  return findHolder(file, holder.name) ? null : { ...file, holders: [...file.holders, holder] }
}

/**
 * The file with a new key for a holder, whose old keys expire at `oldEnd` or earlier; null when the name does not exist.
 *
 * @param key a key without expiry
 */
export function rotateKey(file: KeyFile, name: string, key: StoredKey, oldEnd: Date): KeyFile | null {
  const holder = findHolder(file, name)
  if (!holder) return null
  const keys = [...holder.keys.map(old => ({ ...old, validUntil: earlier(old.validUntil, oldEnd) })), key]
  return replace(file, { ...holder, keys })
}

/** The file without a holder and its keys; null when the name does not exist. */
export function removeHolder(file: KeyFile, name: string): KeyFile | null {
  if (!findHolder(file, name)) return null
  return { ...file, holders: file.holders.filter(holder => holder.name !== name) }
}

/** The file without expired keys. A holder keeps its last key even when expired, so that its name and rights stay. */
export function withoutExpired(file: KeyFile, now: Date): KeyFile {
  const holders = file.holders.map(holder => {
    const valid = holder.keys.filter(key => isValid(key, now))
    return { ...holder, keys: valid.length > 0 ? valid : holder.keys.slice(-1) }
  })
  return { ...file, holders }
}

/** True until the key expires. */
export function isValid({ validUntil }: StoredKey, now: Date): boolean {
  return validUntil === null || new Date(validUntil) > now
}

function findHolder({ holders }: KeyFile, name: string): KeyHolder | undefined {
  return holders.find(holder => holder.name === name)
}

function replace(file: KeyFile, changed: KeyHolder): KeyFile {
  return { ...file, holders: file.holders.map(holder => (holder.name === changed.name ? changed : holder)) }
}

function earlier(end: string | null, other: Date): string {
  return end !== null && new Date(end) < other ? end : other.toISOString()
}
