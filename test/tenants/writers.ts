import type { Scope } from '../../src/access/scope.js'
import { callerOf, type Granted, type RequestContext } from './principals.js'

const READ: readonly Scope[] = ['billing:read', 'costs:read']
const WRITE: readonly Scope[] = [...READ, 'billing:write']
const NOTHING = { projects: [], customers: [], buyers: [] }
const EVERYTHING = { projects: '*', customers: '*', buyers: '*' } as const

/** Callers that write: with one buyer, the same one, several, with the customer that is charged to it, with everything; and some without the scope. */
export function writingCallers(): readonly RequestContext[] {
  const grants: readonly Granted[] = [
    { ...NOTHING, scopes: WRITE, buyers: [104] },
    { ...NOTHING, scopes: WRITE, buyers: [104, 113] },
    { ...NOTHING, scopes: WRITE, buyers: [104], customers: [1] },
    { ...NOTHING, scopes: WRITE, buyers: [104, 105], customers: [1, 10] },
    { ...NOTHING, scopes: WRITE, buyers: [105], customers: [1, 10] },
    { ...NOTHING, scopes: WRITE, customers: [1] },
    { ...EVERYTHING, scopes: WRITE },
    { ...EVERYTHING, scopes: ['admin'] },
    { ...EVERYTHING, scopes: ['admin'], buyers: [105] },
    { ...NOTHING, scopes: READ, buyers: [104, 105], customers: [1, 10] },
    { ...EVERYTHING, scopes: READ },
  ]
  return grants.map((granted, index) => callerOf(`writer-${index}`, granted))
}
