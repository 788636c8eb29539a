import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../src/access/full-access.js'
import type { Grants, Principal } from '../../src/access/principal.js'
import {
  hasScope,
  maySeeBuyer,
  maySeeCustomers,
  maySeeProject,
  maySeeResource,
  seesNothing,
} from '../../src/access/rules.js'
import { SCOPES, type Scope } from '../../src/access/scope.js'

function principal(
  grants: Partial<Record<keyof Grants, readonly string[] | '*'>>,
  scopes: readonly Scope[] = [],
): Principal {
  const grant = (kind: keyof Grants) => {
    const given = grants[kind] ?? []
    return given === '*' ? given : new Set(given)
  }
  return {
    id: 'key:router',
    scopes: new Set(scopes),
    grants: { projects: grant('projects'), prefixes: grant('prefixes'), buyers: grant('buyers') },
  }
}

describe('a scope', () => {
  it.each<[readonly Scope[], Scope, boolean]>([
    [[], 'billing:read', false],
    [['costs:read'], 'billing:read', false],
    [['billing:read'], 'billing:read', true],
    [['billing:write'], 'billing:read', false],
    [['admin'], 'billing:read', true],
    [['admin'], 'billing:write', true],
    [['billing:read'], 'admin', false],
  ])('%j allows %s: %s', (scopes, asked, isAllowed) => {
    expect(hasScope(principal({}, scopes), asked)).toBe(isAllowed)
  })

  it('is sufficient when it is one of several', () => {
    expect(hasScope(principal({}, ['costs:read']), 'billing:read', 'costs:read')).toBe(true)
    expect(hasScope(principal({}, ['billing:write']), 'billing:read', 'costs:read')).toBe(false)
  })
})

describe('a grant', () => {
  it('of nothing shows nothing', () => {
    const ungranted = principal({})
    expect([maySeeProject(ungranted, 'p1'), maySeeBuyer(ungranted, '71'), maySeeResource(ungranted, 'a')]).toEqual([
      false,
      false,
      false,
    ])
    expect(maySeeCustomers(ungranted)).toBe(false)
  })

  it('of some shows exactly those', () => {
    const granted = principal({ projects: ['p1'], buyers: ['71'] })
    expect([maySeeProject(granted, 'p1'), maySeeProject(granted, 'p2'), maySeeProject(granted, 'P1')]).toEqual([
      true,
      false,
      false,
    ])
    expect([maySeeBuyer(granted, '71'), maySeeBuyer(granted, '710'), maySeeBuyer(granted, '7')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it.each<[readonly string[], string | null, boolean]>([
    [['customer-1'], 'customer-1', true],
    [['customer-1'], 'customer-1-web', true],
    [['customer-1'], 'customer-1.db', true],
    [['customer-1'], 'customer-10', false],
    [['customer-1'], 'customer-10-web', false],
    [['customer-1-'], 'customer-1-web', true],
    [['customer-1'], 'Customer-1', false],
    [['customer-1'], null, false],
    [['a', 'customer-1'], 'customer-1', true],
    [[''], 'customer-1', false],
    [[''], null, false],
  ])('of the prefixes %j shows %j: %s', (prefixes, name, isShown) => {
    expect(maySeeResource(principal({ prefixes }), name)).toBe(isShown)
  })

  it('of all prefixes also shows lines without a name', () => {
    expect(maySeeResource(principal({ prefixes: '*' }), null)).toBe(true)
  })

  it('of a prefix never shows a name that does not start with it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (prefix, name) => {
        const isShown = maySeeResource(principal({ prefixes: [prefix] }), name)
        expect(isShown && !name.startsWith(prefix)).toBe(false)
      }),
    )
  })
})

describe('seesNothing', () => {
  it.each<[readonly Scope[], Parameters<typeof principal>[0], boolean]>([
    [['admin'], {}, true],
    [[], { projects: '*', prefixes: '*', buyers: '*' }, true],
    [['billing:write'], { projects: ['p1'], buyers: ['71'] }, true],
    [['costs:read'], { buyers: '*' }, true],
    [['billing:read'], { buyers: ['71'] }, false],
    [['costs:read'], { projects: ['p1'] }, false],
    [['costs:read'], { prefixes: ['customer-1'] }, false],
    [['admin'], { prefixes: '*' }, false],
  ])('with the scopes %j and the grants %j is %s', (scopes, grants, expected) => {
    expect(seesNothing(principal(grants, scopes))).toBe(expected)
  })
})

describe('full access', () => {
  it('has every scope and every grant', () => {
    expect(SCOPES.every(scope => hasScope(FULL_ACCESS, scope))).toBe(true)
    expect([maySeeProject(FULL_ACCESS, 'x'), maySeeBuyer(FULL_ACCESS, '1'), maySeeResource(FULL_ACCESS, null)]).toEqual(
      [true, true, true],
    )
  })
})
