import { describe, expect, it } from 'vitest'
import { makeApiKey } from '../../src/access/api-key.js'
import type { CallerChecks } from '../../src/access/caller-settings.js'
import type { KeyHolder } from '../../src/access/key-file.js'
import { hashOf } from '../../src/access/key-hash.js'
import { TODAY } from '../gateway.js'
import { NO_METHODS, startAuthenticatedGateway } from '../server/authentication/authenticated-gateway.js'
import { netCost, startSupergraph } from './supergraph.js'

describe('a caller of the supergraph', () => {
  const query = '{ crmCustomers { prefix cost(month: "2017-07") { total { net { amount } } } billing { name } } }'
  const key = makeApiKey()
  const holder: KeyHolder = {
    name: 'wcc',
    scopes: ['billing:read', 'costs:read'],
    projects: [],
    prefixes: ['customer-wcc'],
    buyers: ['101'],
    keys: [{ id: key.id, sha256: hashOf(key), createdAt: TODAY.toISOString(), validUntil: null }],
  }
  const callers: CallerChecks = { ...NO_METHODS, keys: { version: 1, holders: [holder] } }
  const others = ['customer-acme', 'customer-acme2', 'customer-pīwakawaka']

  it("sees the customers that Billgraph grants it, and only the CRM's data of the others", async () => {
    await using server = await startAuthenticatedGateway(callers)
    await using supergraph = await startSupergraph(server.gateway)
    const { data, errors } = await supergraph.ask(query, {}, { authorization: `Bearer ${key.text}` })
    expect(errors).toBeUndefined()
    expect(data.crmCustomers).toEqual([
      ...others.map(prefix => ({ prefix, ...netCost('0.00'), billing: { name: null } })),
      { prefix: 'customer-wcc', ...netCost('81.69'), billing: { name: 'WCC Hosting' } },
      { prefix: 'intranet', ...netCost('0.00'), billing: null },
    ])
  })

  it("sees only the CRM's data and errors when Billgraph does not accept its credential", async () => {
    await using server = await startAuthenticatedGateway(callers)
    await using supergraph = await startSupergraph(server.gateway)
    const { data, errors = [] } = await supergraph.ask(query)
    expect(data.crmCustomers).toEqual([
      ...[...others, 'customer-wcc'].map(prefix => ({ prefix, cost: null, billing: { name: null } })),
      { prefix: 'intranet', cost: null, billing: null },
    ])
    expect(errors).not.toEqual([])
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(errors.map(() => 'UNAUTHENTICATED'))
    expect(JSON.stringify(errors)).not.toContain(server.gateway.url)
    expect(server.upstreamCalls()).toBe(0)
  })
})
