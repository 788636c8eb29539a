import { describe, expect, it } from 'vitest'
import type { Driver, Usage } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import {
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamStatusError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import { smallData } from '../../standin/catalyst/upstream.js'
import { clock, openBilling, printTotal, settingsForStandIn } from './open-client.js'
import { type Instead, jsonAnswer, logRating } from './rating-log.js'
import { failureOf } from './seen-of-error.js'

const BOTH = ['nz-por-1', 'nz-hlz-1']
const PRICE = { name: 'c1.c1r1', category: 'compute', unit: 'hour', rate: 1.01, description: 'one' }
const PRICES = { 'nz-por-1': [PRICE], 'nz-hlz-1': [PRICE] }
const NOT_FOUND = jsonAnswer({ error_code: 404, error_message: 'Project p1 not found.' }, 404)

function usage(region: string, volume: number): Usage {
  const [start, end] = [new Date('2026-11-02T00:00:00Z'), new Date('2026-11-03T00:00:00Z')]
  const resource = { resourceId: `id-${region}`, resourceName: `in-${region}`, resourceType: 'Virtual Machine' }
  return { region, projectId: 'p1', ...resource, service: 'c1.c1r1', volume, unit: 'hour', start, end }
}

const DATA = smallData({ prices: PRICES, usage: [usage('nz-por-1', 10), usage('nz-hlz-1', 3)] })

function start(driver: Driver = 'jsonfile') {
  return startCatalyst({ clock, driver, data: DATA })
}

/** Responds like that in one region. */
function inRegion(name: string, answer: ReturnType<Instead>): Instead {
  return region => (region === name ? answer : undefined)
}

describe('the running month', () => {
  it.each([
    ['jsonfile', 'STATED', []],
    ['odoo', 'COMPUTED', ['TAX_COMPUTED']],
  ] as const)('is added up over the regions, one call each (%s)', async (driver, basis, notices) => {
    await using catalyst = await start(driver)
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)

    const answer = await opened.billing.quotation({ projectId: 'p1', regions: BOTH, detailed: true })

    expect([...log].sort()).toEqual([...BOTH].sort().map(region => `${region} /v2/quotations?detailed=True`))
    expect(answer.failures).toEqual([])
    expect(answer.quotation?.regions.map(({ region, total }) => `${region} ${total.net.digits}`)).toEqual([
      'nz-por-1 101',
      'nz-hlz-1 303',
    ])
    expect(answer.quotation?.total.net).toEqual({ digits: 1313n, scale: 2, currency: 'NZD' })
    expect(answer.quotation).toMatchObject({
      period: { month: '2026-11' },
      buyer: { nativeId: 'p1', name: 'project-one' },
      missingRegions: [],
      total: { taxBasis: basis },
      asOf: clock().toISOString(),
    })
    expect(answer.quotation?.notices.map(({ code }) => code)).toEqual(notices)
    expect(
      answer.quotation?.lineItems?.map(line => [line.documentId, line.position, line.name, line.resource?.region]),
    ).toEqual(BOTH.map(region => [`p1/quotation-2026-11-21/${region}`, 0, `in-${region}`, region]))
  })

  it('notes a region whose total is less with tax than without, and leaves the figures as stated', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    const quotations = { '2026-11-21': { total_cost: 10, total_cost_taxed: 8.5 } }
    logRating(catalyst, inRegion('nz-hlz-1', jsonAnswer({ project_id: 'p1', project_name: '', quotations })))

    const { quotation } = await opened.billing.quotation({ projectId: 'p1', regions: BOTH, detailed: false })

    expect(quotation?.notices).toMatchObject([{ code: 'TOTAL_MISMATCH', difference: { digits: -15n, scale: 1 } }])
    expect(quotation?.regions.map(({ total }) => printTotal(total))).toEqual(['10.1 / 11.61', '10 / 8.5'])
  })

  it('has no lines when they were not requested', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)
    const { quotation } = await opened.billing.quotation({ projectId: 'p1', regions: ['nz-hlz-1'], detailed: false })
    expect(quotation?.lineItems).toBeNull()
    expect(quotation && printTotal(quotation.total)).toBe('3.03 / 3.48')
    expect(log).toEqual(['nz-hlz-1 /v2/quotations?detailed=False'])
  })

  it.each<[string, ReturnType<Instead>, new (...args: never[]) => Error]>([
    ['cannot be reached', 'reset', UpstreamUnreachableError],
    ['is broken', jsonAnswer({ error_code: 500, error_message: 'oops' }, 500), UpstreamStatusError],
    [
      'lacks a price',
      jsonAnswer({ error_code: 404, error_message: 'Price not found, service name: x' }, 404),
      UpstreamStatusError,
    ],
    ['refuses', jsonAnswer({ error_code: 403, error_message: 'oops' }, 403), UpstreamDeniedError],
    ['sends an invalid response', jsonAnswer({ quotations: [] }), UpstreamFormatError],
    [
      'responds about another project',
      jsonAnswer({ project_id: 'p2', project_name: '', quotations: { '2026-11-21': { total_cost: 1 } } }),
      UpstreamFormatError,
    ],
    ['sends no day', jsonAnswer({ project_id: 'p1', project_name: '', quotations: {} }), UpstreamFormatError],
    [
      'sends two days',
      jsonAnswer({
        project_id: 'p1',
        project_name: '',
        quotations: { '2026-11-20': { total_cost: 1 }, '2026-11-21': { total_cost: 1 } },
      }),
      UpstreamFormatError,
    ],
  ])('leaves out a region that %s, and says so', async (_, answer, kind) => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, inRegion('nz-hlz-1', answer))

    const { quotation, failures } = await opened.billing.quotation({ projectId: 'p1', regions: BOTH, detailed: true })

    expect(failures).toHaveLength(1)
    expect(failures[0]).toBeInstanceOf(kind)
    expect(quotation?.missingRegions).toEqual(['nz-hlz-1'])
    expect(quotation?.regions.map(({ region }) => region)).toEqual(['nz-por-1'])
    expect(quotation?.lineItems).toHaveLength(1)
    expect(quotation?.notices.map(({ code, message }) => [code, message.includes('nz-hlz-1')])).toEqual([
      ['REGION_MISSING', true],
    ])
  })

  it('fails with the first error when every region fails', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, region => (region === 'nz-por-1' ? jsonAnswer({}, 502) : 'reset'))
    const failure = await failureOf(opened.billing.quotation({ projectId: 'p1', regions: BOTH, detailed: true }))
    expect(failure).toBeInstanceOf(UpstreamStatusError)
    expect(failure).toHaveProperty('status', 502)
  })

  it('has nothing from a region that does not know the project', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, inRegion('nz-por-1', NOT_FOUND))
    const { quotation, failures } = await opened.billing.quotation({ projectId: 'p1', regions: BOTH, detailed: true })
    expect(failures).toEqual([])
    expect(quotation?.missingRegions).toEqual([])
    expect(quotation?.regions.map(({ region }) => region)).toEqual(['nz-hlz-1'])
  })

  it('is null when no region knows the project', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, () => NOT_FOUND)
    expect(await opened.billing.quotation({ projectId: 'p1', regions: BOTH, detailed: true })).toEqual({
      quotation: null,
      failures: [],
    })
  })

  it('leaves out a region that does not exist', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    const question = { projectId: 'p1', regions: ['nz-por-1', 'mars-1'], detailed: false }
    const { quotation, failures } = await opened.billing.quotation(question)
    expect(quotation?.missingRegions).toEqual(['mars-1'])
    expect(failures[0]).toBeInstanceOf(UpstreamDeniedError)
  })
})

describe('a project', () => {
  const admin = () => {
    const projects = ['p1', 'p2'].flatMap(id => smallData({}, { id, name: `name of ${id}` }).projects)
    const users = DATA.users.map(user => ({ ...user, roles: { p1: ['admin'] } }))
    return startCatalyst({ clock, driver: 'jsonfile', data: { ...DATA, users, projects } })
  }

  it("that is the credential's own is known without a call", async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    expect(await opened.billing.project('p1')).toMatchObject({ nativeId: 'p1', name: 'project-one' })
    expect(await opened.billing.ownProjectId()).toBe('p1')
    expect(catalyst.requests).toEqual([])
  })

  it('of another customer is known to an admin, and null when there is no such project', async () => {
    await using catalyst = await admin()
    await using opened = openBilling(settingsForStandIn(catalyst))
    expect(await opened.billing.project('p2')).toMatchObject({ nativeId: 'p2', name: 'name of p2' })
    expect(await opened.billing.project('p3')).toBeNull()
  })

  it('of another customer is null for a credential that must not read it', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    expect(await opened.billing.project('p2')).toBeNull()
  })

  it('is an error when the region that may know it is down', async () => {
    await using catalyst = await admin()
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, region => (region === 'nz-por-1' ? NOT_FOUND : 'reset'))
    expect(await failureOf(opened.billing.project('p2'))).toBeInstanceOf(UpstreamUnreachableError)
  })
})

describe('the health of the servers', () => {
  it('covers Keystone and each rating server called', async () => {
    await using catalyst = await start()
    await using opened = openBilling(settingsForStandIn(catalyst))
    expect(opened.billing.health()).toHaveLength(1)
    expect(await opened.billing.ping()).toEqual([])
    const well = { circuit: 'CLOSED', lastSuccessAt: clock(), lastFailureAt: null, pausedUntil: null }
    expect(opened.billing.health()).toMatchObject([well, well, well])
    logRating(catalyst, region => (region === 'nz-hlz-1' ? 'reset' : undefined))
    expect(await opened.billing.ping()).toEqual([expect.stringContaining('nz-hlz-1: Catalyst Cloud cannot be reached')])
    expect(opened.billing.health()[2]).toMatchObject({ lastFailureAt: clock() })
    logRating(catalyst, () => 'reset')
    expect(await failureOf(opened.billing.ping())).toBeInstanceOf(UpstreamUnreachableError)
  })
})
