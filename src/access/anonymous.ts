import type { Principal } from './principal.js'

/** Who nobody is: sees and does nothing. For what is served to whoever comes, such as the explorer's page. */
export const ANONYMOUS: Principal = {
  id: 'nobody',
  scopes: new Set(),
  grants: { projects: new Set(), prefixes: new Set(), buyers: new Set() },
}
