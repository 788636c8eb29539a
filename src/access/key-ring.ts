import type { ApiKey } from './api-key.js'
import { isValid } from './key-changes.js'
import type { KeyFile, KeyHolder, StoredKey } from './key-file.js'
import { isHashOf } from './key-hash.js'
import type { Grant, Principal } from './principal.js'

/** Compared when no key has the id, so that an unknown id takes as long as a wrong secret. */
const NO_HASH = '0'.repeat(64)

interface Entry {
  readonly principal: Principal
  readonly key: StoredKey
}

/** The keys of a key file, by id. */
export class KeyRing {
  private readonly entries: ReadonlyMap<string, Entry>

  constructor({ holders }: KeyFile) {
    const entries = holders.flatMap(holder => {
      const principal = principalOfKeyHolder(holder)
      return holder.keys.map(key => [key.id, { principal, key }] as const)
    })
    this.entries = new Map(entries)
  }

  /** The principal of a key; `unknown` when the file does not have the key, `expired` after its expiry. */
  find(key: ApiKey, now: Date): Principal | 'unknown' | 'expired' {
    const entry = this.entries.get(key.id)
    if (!isHashOf(entry?.key.sha256 ?? NO_HASH, key) || !entry) return 'unknown'
    return isValid(entry.key, now) ? entry.principal : 'expired'
  }
}

/** The principal that a holder's keys authenticate. */
export function principalOfKeyHolder({ name, scopes, projects, prefixes, buyers }: KeyHolder): Principal {
  const grants = { projects: toGrant(projects), prefixes: toGrant(prefixes), buyers: toGrant(buyers) }
  return { id: `key:${name}`, scopes: new Set(scopes), grants }
}

function toGrant(stored: '*' | readonly string[]): Grant {
  return stored === '*' ? stored : new Set(stored)
}
