import type { KeystoneCallerSettings } from './caller-settings.js'
import type { Principal } from './principal.js'
import type { Scope } from './scope.js'

/** The user, project and roles of a Keystone token, as Keystone reports them. */
export interface KeystoneCaller {
  readonly userId: string
  readonly projectId: string
  readonly roles: readonly string[]
}

const READ: ReadonlySet<Scope> = new Set(['billing:read', 'costs:read'])

/** The principal of a Keystone token: granted the token's project, with read scopes when one of its roles allows them. */
export function principalOfKeystone(caller: KeystoneCaller, settings: KeystoneCallerSettings): Principal {
  const { userId, projectId, roles } = caller
  return {
    id: `keystone:${userId}:${projectId}`,
    scopes: roles.some(role => settings.roles.has(role)) ? READ : new Set(),
    grants: { projects: new Set([projectId]), prefixes: new Set(), buyers: new Set() },
  }
}
