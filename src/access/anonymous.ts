import type { Principal } from './principal.js'

/** The principal without scopes and grants. For pages that need no authentication, such as the Sandbox. */
export const ANONYMOUS: Principal = {
  id: 'anonymous',
  scopes: new Set(),
  grants: { projects: new Set(), prefixes: new Set(), buyers: new Set() },
}
