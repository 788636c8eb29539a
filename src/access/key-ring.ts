import type { ApiKey } from './api-key.js'
import { isAlive } from './key-changes.js'
import type { KeyFile, KeyHolder, StoredKey } from './key-file.js'
import { isHashOf } from './key-hash.js'
import type { Grant, Principal } from './principal.js'

/** Compared with where no key has the id, so that this takes as long as a wrong secret. */
const NO_HASH = '0'.repeat(64)

interface Entry {
  readonly principal: Principal
  readonly key: StoredKey
}

/** All keys of a file, by their ids. */
export class KeyRing {
  private readonly entries: ReadonlyMap<string, Entry>

  constructor({ holders }: KeyFile) {
    const entries = holders.flatMap(holder => {
      const principal = toPrincipal(holder)
      return holder.keys.map(key => [key.id, { principal, key }] as const)
    })
    this.entries = new Map(entries)
  }

  /** Whose key it is; `unknown` when it is nobody's, `expired` when it was replaced and its time has passed. */
  find(key: ApiKey, now: Date): Principal | 'unknown' | 'expired' {
    const entry = this.entries.get(key.id)
    if (!isHashOf(entry?.key.sha256 ?? NO_HASH, key) || !entry) return 'unknown'
    return isAlive(entry.key, now) ? entry.principal : 'expired'
  }
}

function toPrincipal({ name, scopes, projects, prefixes, buyers }: KeyHolder): Principal {
  const grants = { projects: toGrant(projects), prefixes: toGrant(prefixes), buyers: toGrant(buyers) }
  return { id: `key:${name}`, scopes: new Set(scopes), grants }
}

function toGrant(stored: '*' | readonly string[]): Grant {
  return stored === '*' ? stored : new Set(stored)
}
