import { describe, expect, it } from 'vitest'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { bill, startCloud } from '../../clouds.js'
import { clock, settingsOf, startGateway } from '../../gateway.js'
import { billRequests, customerOf, startEconomics } from './economics-setup.js'

/** Fifty customers, each with a prefix and a 3scale account of its own. */
const FIFTY = Array.from({ length: 50 }, (_, index) =>
  customerOf(`c${index}`, `customer-${index}`, [String(101 + index)]),
)
const REGISTRY = { customers: FIFTY, pools: [], exchangeRates: [] }
const MARGINS = '{ customers(first: 50) { nodes { margin(month: "2026-10") { cost { amount } gaps } } } }'
const SERIES = '{ customers(first: 50) { nodes { costOverTime(from: "2024-11", to: "2026-10") { state } } } }'

interface Customers {
  readonly customers: { readonly nodes: readonly object[] }
}

/** A gateway with two accounts, of one project each, and a 3scale tenant. */
async function startTwoProjects() {
  await using parts = new AsyncDisposableStack()
  const clouds = await Promise.all([
    startCloud('a', { projectId: 'p1', documents: { p1: [bill('2026-10-31', 10, 'customer-1')] } }),
    startCloud('b', { projectId: 'p2', documents: { p2: [bill('2026-10-31', 20, 'customer-1')] } }),
  ])
  for (const cloud of clouds) parts.defer(() => cloud.close())
  const threescale = await startThreescale({ clock })
  parts.defer(() => threescale.close())
  const [a, b] = clouds
  const settings = { ...settingsOf({ catalyst: a, threescale }), catalyst: [a.settings, b.settings] }
  const gateway = parts.use(await startGateway(settings, false, { registry: new CurrentRegistry(REGISTRY) }))
  const owned = parts.move()
  return { clouds, threescale, gateway, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** The longest that 3scale's list is read: the pages with the invoices from October 2026 on, and one with older ones after them. */
function mostPages({ data }: Awaited<ReturnType<typeof startThreescale>>): number {
  return Math.ceil(data.invoices.filter(({ period }) => period >= '2026-10').length / 100) + 1
}

describe('the upstream calls of fifty customers', () => {
  it('are one for the project and the pages from the month on in the list of 3scale, for their margins', async () => {
    await using setup = await startEconomics({ registry: REGISTRY })
    const { data, errors } = await setup.gateway.askText(MARGINS)
    expect(errors).toBeUndefined()
    expect((data as unknown as Customers).customers.nodes).toHaveLength(50)
    expect(billRequests(setup)).toEqual(['GET /v2/invoices'])
    expect(new Set(setup.threescale.requests)).toEqual(new Set(['GET /api/invoices.xml']))
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(mostPages(setup.threescale))
  })

  it('are one for each of two projects and the same pages, for their margins', async () => {
    await using setup = await startTwoProjects()
    const { data, errors } = await setup.gateway.askText(MARGINS)
    expect(errors).toBeUndefined()
    const { nodes } = (data as unknown as Customers).customers
    expect(nodes).toHaveLength(50)
    expect(nodes[1]).toMatchObject({ margin: { cost: { amount: '30.00' } } })
    expect(setup.clouds.map(({ requests }) => requests)).toEqual([['GET /v2/invoices'], ['GET /v2/invoices']])
    expect(new Set(setup.threescale.requests)).toEqual(new Set(['GET /api/invoices.xml']))
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(mostPages(setup.threescale))
  })

  it('are one for each of two projects, for 24 months of their cost', async () => {
    await using setup = await startTwoProjects()
    const { data, errors } = await setup.gateway.askText(SERIES)
    expect(errors).toBeUndefined()
    const { nodes } = (data as unknown as { customers: { nodes: { costOverTime: unknown[] }[] } }).customers
    expect(nodes.map(({ costOverTime }) => costOverTime.length)).toEqual(FIFTY.map(() => 24))
    expect(setup.clouds.map(({ requests }) => requests)).toEqual([['GET /v2/invoices'], ['GET /v2/invoices']])
    expect(setup.threescale.requests).toEqual([])
  })
})
