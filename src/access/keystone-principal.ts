import type { KeystoneCallerSettings } from './caller-settings.js'
import type { Principal } from './principal.js'
import type { Scope } from './scope.js'

/** Whose token it is and for which project, as Keystone says. */
export interface KeystoneCaller {
  readonly userId: string
  readonly projectId: string
  readonly roles: readonly string[]
}

const READ: ReadonlySet<Scope> = new Set(['billing:read', 'costs:read'])

/** Sees the token's project, and of it what the token's roles let him. No role is worth more than reading. */
export function principalOfKeystone(caller: KeystoneCaller, settings: KeystoneCallerSettings): Principal {
  const { userId, projectId, roles } = caller
  return {
    id: `keystone:${userId}:${projectId}`,
    scopes: roles.some(role => settings.roles.has(role)) ? READ : new Set(),
    grants: { projects: new Set([projectId]), prefixes: new Set(), buyers: new Set() },
  }
}
