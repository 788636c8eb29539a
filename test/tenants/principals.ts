import { type ApiKey, makeApiKey } from '../../src/access/api-key.js'
import type { KeyFile, KeyHolder } from '../../src/access/key-file.js'
import { hashOf } from '../../src/access/key-hash.js'
import type { Scope } from '../../src/access/scope.js'
import { TODAY } from '../gateway.js'
import { CUSTOMERS } from './amount-tags.js'
import { accountId, BUYERS } from './marked-buyers.js'
import { CUSTOMERS_IN } from './marked-projects.js'

/** A caller's grants, by tags. */
export interface Granted {
  readonly scopes: readonly Scope[]
  readonly projects: readonly number[] | '*'
  readonly customers: readonly number[] | '*'
  readonly buyers: readonly number[] | '*'
}

/** A caller with an API key. */
export interface RequestContext {
  readonly name: string
  readonly key: ApiKey
  readonly granted: Granted
}

const READ: readonly Scope[] = ['billing:read', 'costs:read']
const NOTHING: Granted = { scopes: READ, projects: [], customers: [], buyers: [] }

/** Name of the caller that may see everything. */
export const AUDITOR = 'auditor'

/** Fifty callers: with one buyer, one project, one customer, several, combinations, half the scopes, or everything granted. */
export function fiftyCallers(): readonly RequestContext[] {
  const grants: Partial<Granted>[] = [
    ...BUYERS.slice(0, 14).map(buyer => ({ buyers: [buyer] })),
    { buyers: [125] },
    { buyers: [101, 102] },
    { buyers: [110, 120, 126] },
    // So many buyers that authorization filters the tenant's list.
    { buyers: BUYERS.slice(0, 22) },
    { buyers: BUYERS.slice(3) },
    { buyers: '*' },
    ...[1, 2, 3, 4, 5].map(project => ({ projects: [project] })),
    { projects: [1, 3] },
    { projects: [2, 5] },
    { projects: '*' },
    ...CUSTOMERS.slice(1).map(customer => ({ customers: [customer] })),
    { customers: [1] },
    { customers: [10] },
    { customers: [1, 2] },
    { customers: [2, 3] },
    { customers: '*' },
    ...[1, 10, 20].map((customer, index) => ({ customers: [customer], buyers: [104 + index] })),
    { customers: [1], projects: [2] },
    { customers: [20], projects: [5], buyers: [112] },
    { customers: [3], projects: [4], buyers: [113, 114] },
    { projects: [1], buyers: [101] },
    { projects: [1], customers: [2], buyers: [115], scopes: ['costs:read'] },
    { projects: [2], customers: [1], buyers: [116], scopes: ['billing:read'] },
    { projects: '*', customers: '*', buyers: '*', scopes: ['billing:write'] },
    {},
  ]
  const callers = grants.map((grant, index) => callerOf(`caller-${index}`, { ...NOTHING, ...grant }))
  return [...callers, callerOf(AUDITOR, { scopes: ['admin'], projects: '*', customers: '*', buyers: '*' })]
}

/** A caller with a new API key. */
export function callerOf(name: string, granted: Granted): RequestContext {
  return { name, key: makeApiKey(), granted }
}

/** The gateway's key file for these callers. */
export function keyFileOf(callers: readonly RequestContext[]): KeyFile {
  return { version: 1, holders: callers.map(holderOf) }
}

/** The tags of a grant, `*` expanded to all tags. */
export function expand(granted: Granted): Readonly<Record<'projects' | 'customers' | 'buyers', readonly number[]>> {
  const all = (tags: readonly number[] | '*', every: readonly number[]) => (tags === '*' ? every : tags)
  return {
    projects: all(granted.projects, [...CUSTOMERS_IN.keys()]),
    customers: all(granted.customers, CUSTOMERS),
    buyers: all(granted.buyers, BUYERS),
  }
}

function holderOf({ name, key, granted }: RequestContext): KeyHolder {
  const texts = (tags: readonly number[] | '*', write: (one: number) => string) =>
    tags === '*' ? '*' : tags.map(write)
  return {
    name,
    scopes: [...granted.scopes],
    projects: texts(granted.projects, one => `pj${one}`),
    prefixes: texts(granted.customers, one => `cu-${one}`),
    buyers: texts(granted.buyers, one => String(accountId(one))),
    keys: [{ id: key.id, sha256: hashOf(key), createdAt: TODAY.toISOString(), validUntil: null }],
  }
}
