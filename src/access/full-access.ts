import type { Principal } from './principal.js'
import { SCOPES } from './scope.js'

/** Who everybody is where nobody has to say who he is: sees and does all there is. */
export const FULL_ACCESS: Principal = {
  id: 'everybody',
  scopes: new Set(SCOPES),
  grants: { projects: '*', prefixes: '*', buyers: '*' },
}
