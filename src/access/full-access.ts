import type { Principal } from './principal.js'
import { SCOPES } from './scope.js'

/** The principal with every scope and every grant. For `AUTH=open`, and for commands that read the upstreams directly. */
export const FULL_ACCESS: Principal = {
  id: 'full-access',
  scopes: new Set(SCOPES),
  grants: { projects: '*', prefixes: '*', buyers: '*' },
}
