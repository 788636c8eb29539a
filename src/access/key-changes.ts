import type { KeyFile, KeyHolder, StoredKey } from './key-file.js'

/** Somebody new; null when the name is taken. */
export function addHolder(file: KeyFile, holder: KeyHolder): KeyFile | null {
  return findHolder(file, holder.name) ? null : { ...file, holders: [...file.holders, holder] }
}

/**
 * A new key beside the old ones, which end at `oldEnd` if they would have lived longer; null when nobody has that name.
 *
 * @param key valid without end
 */
export function rotateKey(file: KeyFile, name: string, key: StoredKey, oldEnd: Date): KeyFile | null {
  const holder = findHolder(file, name)
  if (!holder) return null
  const keys = [...holder.keys.map(old => ({ ...old, validUntil: earlier(old.validUntil, oldEnd) })), key]
  return replace(file, { ...holder, keys })
}

/** Without that name and all its keys; null when nobody has it. */
export function removeHolder(file: KeyFile, name: string): KeyFile | null {
  if (!findHolder(file, name)) return null
  return { ...file, holders: file.holders.filter(holder => holder.name !== name) }
}

/** Without the keys whose time has passed; a holder keeps its last one, so that its name and rights stay. */
export function withoutExpired(file: KeyFile, now: Date): KeyFile {
  const holders = file.holders.map(holder => {
    const alive = holder.keys.filter(key => isAlive(key, now))
    return { ...holder, keys: alive.length > 0 ? alive : holder.keys.slice(-1) }
  })
  return { ...file, holders }
}

/** True when the key may still be used. */
export function isAlive({ validUntil }: StoredKey, now: Date): boolean {
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
