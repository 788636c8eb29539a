import { expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import { parseMoney } from '../../../src/domain/money.js'
import type { InvoicesRequest } from '../../../src/upstream/catalyst/client.js'
import { driverOfInvoices, driverOfProducts } from '../../../src/upstream/catalyst/driver.js'
import {
  UpstreamDeniedError,
  type UpstreamError,
  UpstreamNotFoundError,
  UpstreamStatusError,
} from '../../../src/upstream/http/errors.js'
import { mapInvoices } from './documents.js'
import { openBilling, openClient, printTotal, SECRET, settingsFor, TODAY } from './open-client.js'
import { type ReplayServer, startReplay } from './replay-server.js'
import { failureOf, seenOf } from './seen-of-error.js'
import { describeWithUpstream, listRecordings, type Recording, readRecording } from './upstream-folder.js'

const PROJECT = '52aaa943126e4703807456f4e26e4669'
const REGIONS = ['nz-por-1', 'nz-hlz-1']

/** Recordings that the tests below read; whole conversations are in `test/conversations`. */
const REPLAYED = [
  ...['003', '006', '012', '013', '014', '018', '019', '021', '022', '023', '025', '028', '029', '030', '031', '034'],
  ...['036', '041', '050', '051', '052', '054', '061', '064', '066', '070', '074', '075', '076', '081', '082', '083'],
  ...['084', '085', '087', '088', '090', '091', '096', '097', '105', '113'],
]

/** Transcripts of a command, not of exchanges. */
const TRANSCRIPTS = ['121', '124']

const OCTOBER = { projectId: PROJECT, region: 'nz-por-1', start: '2026-10-01', end: '2026-11-01', detailed: false }
const FOURTEEN_MONTHS = { ...OCTOBER, start: '2025-09-01' }

/** A Keystone that logs in as recorded, and in each region a rating server that answers as recorded. */
async function openReplay(por: readonly string[], hlz: readonly string[] = [], login = '003') {
  const [keystone, porServer, hlzServer] = [
    await startReplay(login),
    await startReplay(...por),
    await startReplay(...hlz),
  ]
  const endpoints = new Map([
    ['nz-por-1', porServer.url],
    ['nz-hlz-1', hlzServer.url],
  ])
  const settings = settingsFor(`${keystone.url}/v3`, { endpoints })
  return {
    keystone,
    por: porServer,
    hlz: hlzServer,
    settings,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([keystone, porServer, hlzServer].map(server => server[Symbol.asyncDispose]()))
    },
  }
}

function askedOf({ asked }: ReplayServer): readonly string[] {
  return asked.map(({ method, path, query }) => `${method} ${path}${query.size === 0 ? '' : `?${query}`}`)
}

describeWithUpstream('recorded exchanges (read from the folder beside the project)', () => {
  it('are all replayed', () => {
    expect([...REPLAYED, ...TRANSCRIPTS].sort()).toEqual(listRecordings())
  })

  it('are replayed with every number as it was on the wire', () => {
    const { body } = readRecording('030')
    expect(body).toContain('"quantity": 744.0')
    expect(body).toContain('"cost": 0,')
    expect(body).toContain('"cost_taxed": 0.0')
    // Every body is as long as its server said; readRecording would throw.
    for (const number of REPLAYED) expect(readRecording(number).name).toMatch(/^\d{3}-/)
  })
})

describeWithUpstream('Keystone as recorded (read from the folder beside the project)', () => {
  it.each(['003', '006', '021'])('%s gives a session for the project', async number => {
    await using keystone = await startReplay(number, '018')
    await using opened = openClient(settingsFor(`${keystone.url}/v3`))

    const session = await opened.keystone.session()

    expect(session.token).toBe('<TOKEN>')
    expect(session.project).toEqual({ id: PROJECT, name: 'wcc.example.nz' })
    // Tokens that last an hour, less two minutes.
    expect(session.renewAt).toBe(TODAY.getTime() + 58 * 60_000)
    const roles = { '003': ['project_admin', '_member_'], '006': ['_member_'], '021': ['billing'] }[number]
    expect(session.roles).toEqual(roles)
    // The token came without its catalog.
    const apart = number === '021' ? ['GET /v3/auth/catalog'] : []
    expect(askedOf(keystone)).toEqual(['POST /v3/auth/tokens', ...apart])
  })

  it.each(['003', '006', '021'])('%s lists both regions, in order, under ratingv2 alone', async number => {
    await using keystone = await startReplay(number, '018')
    await using opened = openClient(settingsFor(`${keystone.url}/v3`))

    expect(await opened.client.regions()).toEqual(REGIONS)
    const session = await opened.keystone.session()
    expect(session.endpointsOf('ratingv2').filter(({ interface: face }) => face === 'public')).toEqual([
      { region: 'nz-por-1', interface: 'public', url: 'http://127.0.0.1:19991/' },
      { region: 'nz-hlz-1', interface: 'public', url: 'http://127.0.0.1:19992/' },
    ])
    expect(session.endpointsOf('rating')).toEqual([])
  })

  it('003 and 006 had the request body that is sent here', async () => {
    for (const number of ['003', '006']) {
      await using keystone = await startReplay(number)
      const sent = readRecording(number).requestBody as { auth: { identity: { application_credential?: object } } }
      const settings = settingsFor(`${keystone.url}/v3`)
      await using opened = openClient(
        number === '003'
          ? settings
          : {
              ...settings,
              credential: {
                method: 'application_credential',
                credential: { id: 'aba834bf9ec34d3fafdaeb493d2ded83' },
                secret: SECRET,
              },
            },
      )

      await opened.keystone.session()

      const [asked] = keystone.asked
      expect(JSON.parse((asked?.body ?? '').replace(SECRET, '<SECRET>'))).toEqual(sent)
    }
  })

  it('018 is the catalog that 003 came with', () => {
    const { catalog } = JSON.parse(readRecording('018').body) as { catalog: unknown }
    const { token } = JSON.parse(readRecording('003').body) as { token: { catalog: unknown } }
    expect(catalog).toEqual(token.catalog)
  })

  it('019 is the projects of the user, the own one among them', async () => {
    await using keystone = await startReplay('003', '019')
    await using opened = openBilling(settingsFor(`${keystone.url}/v3`))
    await opened.billing.ownProjectId()
    const projects = await opened.billing.projects()
    expect(projects.map(({ name }) => name)).toEqual([
      ...['edge-noprice', 'bulk-2000', 'kea-digital', 'wcc.example.nz', 'new-project', 'edge-badunit', 'empty-project'],
    ])
    expect(projects.find(({ id }) => id === PROJECT)?.name).toBe('wcc.example.nz')
    expect(askedOf(keystone)).toEqual(['POST /v3/auth/tokens', 'GET /v3/auth/projects'])
  })

  it('105 revokes the token with the recorded request', async () => {
    await using keystone = await startReplay('003', '105')
    const opened = openClient(settingsFor(`${keystone.url}/v3`))
    await opened.keystone.session()
    await opened.keystone.revoke()
    await opened[Symbol.asyncDispose]()
    expect(askedOf(keystone)).toEqual(['POST /v3/auth/tokens', 'DELETE /v3/auth/tokens'])
    const { headers } = keystone.asked[1] ?? {}
    expect(headers).toMatchObject({ 'x-auth-token': '<TOKEN>', 'x-subject-token': '<TOKEN>' })
  })

  it.each([
    ['012', 'issued a token without a project'],
    ['013', "refused the gateway's credential"],
    ['014', "refused the gateway's credential"],
  ])('%s is an error that quotes neither request nor response', async (number, problem) => {
    await using keystone = await startReplay(number)
    await using opened = openClient(settingsFor(`${keystone.url}/v3`))

    const failure = await failureOf(opened.keystone.session())

    expect(failure).toBeInstanceOf(UpstreamDeniedError)
    expect(failure.message).toContain(problem)
    for (const secret of [SECRET, '<TOKEN>', 'requires authentication']) expect(seenOf(failure)).not.toContain(secret)
  })
})

describeWithUpstream('price lists and versions as recorded (read from the folder beside the project)', () => {
  it('022 is the response to a ping', async () => {
    await using replay = await openReplay(['022'])
    await using opened = openClient(replay.settings)
    await expect(opened.client.ping('nz-por-1')).resolves.toBeUndefined()
    expect(askedOf(replay.por)).toEqual(['GET /'])
  })

  it.each([
    ['023', 'jsonfile', 16],
    ['028', 'odoo', 16],
  ] as const)('%s reveals the driver %s', async (number, driver, products) => {
    await using replay = await openReplay([number])
    await using opened = openClient(replay.settings)

    const { value, asOf } = await opened.client.listProducts('nz-por-1')

    expect(driverOfProducts(value)).toBe(driver)
    expect(value.products.map(([region]) => region)).toEqual(REGIONS)
    expect(value.products[0]?.[1].flatMap(([, list]) => list)).toHaveLength(products)
    expect(asOf).toBe(TODAY.toISOString())
    expect(askedOf(replay.por)).toEqual(['GET /v2/products'])
    expect(replay.por.asked[0]?.headers).not.toHaveProperty('x-auth-token')
  })

  it("025 is a missing record, without the region's name", async () => {
    await using replay = await openReplay(['025'])
    await using opened = openClient(replay.settings)

    const failure = await failureOf(opened.client.listProducts('nz-por-1'))

    expect(failure).toBeInstanceOf(UpstreamNotFoundError)
    expect(seenOf(failure)).not.toContain('mars-1')
  })
})

describeWithUpstream('the health of the service as recorded (read from the folder beside the project)', () => {
  it('087 reports nothing, which is no failure; 088 reports that all works', async () => {
    await using closed = await openReplay(['087'])
    await using one = openClient(closed.settings)
    expect(await one.client.checkHealth('nz-por-1')).toBe(false)
    await using open = await openReplay(['088'])
    await using other = openClient(open.settings)
    expect(await other.client.checkHealth('nz-por-1')).toBe(true)
    expect([closed, open].map(({ por }) => askedOf(por))).toEqual([['GET /v2/health'], ['GET /v2/health']])
  })
})

describeWithUpstream('usage and credits as recorded (read from the folder beside the project)', () => {
  it('082 is what each resource used in two days, without the hosts', async () => {
    await using replay = await openReplay(['082'])
    await using opened = openBilling(replay.settings)
    const { measurements, failures } = await opened.billing.measurements({
      projectId: PROJECT,
      regions: ['nz-por-1'],
      start: '2026-10-11',
      end: '2026-10-13',
    })
    expect(askedOf(replay.por)).toEqual(['GET /v2/measurements?start=2026-10-11&end=2026-10-13'])
    expect(failures).toEqual([])
    expect(measurements.length).toBeGreaterThan(20)
    const server = measurements.find(resource => resource.resourceName === 'customer-wcc-db-01')
    expect(server).toEqual({
      resourceId: '0284f967-d230-65d5-9682-5613f760f290',
      resourceName: 'customer-wcc-db-01',
      type: 'Virtual Machine',
      region: 'nz-por-1',
      services: [{ name: 'c1.c4r8', volume: parseDecimal('172800.0'), unit: 'second' }],
    })
    expect(
      JSON.stringify(measurements, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain('cmp-044')
  })

  it('083 refuses the request, without its text', async () => {
    await using replay = await openReplay(['083'])
    await using opened = openBilling(replay.settings)
    const question = { projectId: PROJECT, regions: ['nz-por-1'], start: '2026-10-11', end: null }
    const failure = await failureOf(opened.billing.measurements(question))
    expect(failure).toMatchObject({ status: 400, retryable: false })
    expect(seenOf(failure)).not.toContain('Missing parameter')
  })

  it('084 is no credit, 085 two: one with a code and one without', async () => {
    await using none = await openReplay(['084'])
    await using without = openBilling(none.settings)
    expect(await without.billing.credits(PROJECT)).toEqual([])
    await using two = await openReplay(['085'])
    await using opened = openBilling(two.settings)
    expect(await opened.billing.credits(PROJECT)).toEqual([
      {
        code: 'DEVGRANT-7F3A',
        type: 'Cloud Development Grant',
        balance: parseMoney('412.5', 'NZD'),
        startedOn: '2026-02-03',
        expiresOn: '2027-02-03',
        recurring: false,
      },
      {
        code: null,
        type: 'Cloud Trial Credit',
        balance: parseMoney('25.0', 'NZD'),
        startedOn: '2025-09-01',
        expiresOn: '2026-12-31',
        recurring: false,
      },
    ])
  })
})

describeWithUpstream('invoices as recorded (read from the folder beside the project)', () => {
  const SUMMARY = 'GET /v2/invoices?start=2026-10-01&end=2026-11-01&detailed=False'
  const DETAILED = 'GET /v2/invoices?start=2026-10-01&end=2026-11-01T00%3A00%3A01&detailed=True'
  const LONG = 'GET /v2/invoices?start=2025-09-01&end=2026-11-01&detailed=False'

  it.each<[string, InvoicesRequest, string, readonly string[]]>([
    ['029', OCTOBER, SUMMARY, ['2026-10-31 1575.79 1812.16 paid']],
    ['030', { ...OCTOBER, detailed: true }, DETAILED, ['2026-10-31 1575.79 1812.16 paid, 30 lines']],
    ['031', { ...OCTOBER, detailed: true }, DETAILED, ['2026-10-31 175.98 202.38 paid, 9 lines']],
    // The month before that of `end` is outside the range, and left out.
    ['036', OCTOBER, SUMMARY, []],
    ['041', OCTOBER, SUMMARY, ['2026-10-31 1575.79 1812.16 paid']],
    ['091', { ...OCTOBER, detailed: true }, DETAILED, ['2026-10-31 1689.43 1942.84 not_paid, 41 lines']],
    ['096', OCTOBER, SUMMARY, ['2026-10-31 1689.43 1942.84 not_paid']],
    [
      '034',
      FOURTEEN_MONTHS,
      LONG,
      [
        ...['2026-10-31 1575.79 1812.16', '2026-09-30 1496.13 1720.55', '2026-08-31 1544.39 1776.05'],
        ...['2026-07-31 1520.73 1748.84', '2026-06-30 1471.65 1692.4', '2026-05-31 782.53 899.92'],
        ...['2026-04-30 757.27 870.86', '2026-03-31 752.02 864.83', '2026-02-28 623.44 716.94'],
        ...['2026-01-31 705.58 811.43', '2025-12-31 723.01 831.47', '2025-11-30 699.67 804.62'],
        ...['2025-10-31 723.01 831.47', '2025-09-30 699.67 804.62'],
      ].map(text => `${text} paid`),
    ],
    [
      '090',
      FOURTEEN_MONTHS,
      LONG,
      [
        ...['2025-09-30 869.97 1000.47 paid', '2025-10-31 898.99 1033.84 paid', '2025-11-30 869.97 1000.47 paid'],
        ...['2025-12-31 798.99 918.84 paid', '2026-01-31 881.56 1013.79 paid', '2026-02-28 720.04 828.05 paid'],
        ...['2026-03-20 -75.5 -86.82 paid', '2026-03-31 928.0 1067.2 paid', '2026-04-30 706.73 812.74 not_paid'],
        ...['2026-05-31 958.51 1102.29 paid', '2026-06-30 1641.95 1888.24 partial', '2026-07-15 540.0 621.0 paid'],
        ...['2026-07-31 1946.71 2238.72 paid', '2026-08-31 1720.37 1978.43 paid'],
        ...['2026-09-30 1666.43 1916.39 in_payment', '2026-10-31 1689.43 1942.84 not_paid'],
      ],
    ],
  ])('%s reads as documented', async (number, question, sent, documents) => {
    await using replay = await openReplay([number])
    await using opened = openClient(replay.settings)

    const answer = await opened.client.listInvoices(question)

    expect(answer.project_id).toBe(PROJECT)
    expect(answer.project_name).toBe('wcc.example.nz')
    expect(
      answer.invoices.map(([date, document]) => {
        const lines = document.details?.flatMap(([, { breakdown }]) => breakdown.flatMap(([, list]) => list))
        const { total_cost, total_cost_taxed, status } = document
        return `${date} ${total_cost.text} ${total_cost_taxed?.text} ${status}${lines ? `, ${lines.length} lines` : ''}`
      }),
    ).toEqual(documents)
    expect(askedOf(replay.por)).toEqual([sent])
    expect(replay.por.asked[0]?.headers).toMatchObject({ accept: 'application/json', 'x-auth-token': '<TOKEN>' })
  })

  it.each([
    ['030', 'jsonfile'],
    ['031', 'jsonfile'],
    ['091', 'odoo'],
  ] as const)('%s reveals the driver %s by its lines', async (number, driver) => {
    await using replay = await openReplay([number])
    await using opened = openClient(replay.settings)
    const answer = await opened.client.listInvoices({ ...OCTOBER, detailed: true })
    expect(driverOfInvoices(answer)).toBe(driver)
  })

  it('029 reveals no driver', async () => {
    await using replay = await openReplay(['029'])
    await using opened = openClient(replay.settings)
    expect(driverOfInvoices(await opened.client.listInvoices(OCTOBER))).toBeUndefined()
  })

  it('030 and 031 are added up, with one call a region and none for the price list', async () => {
    await using replay = await openReplay(['030', '023'], ['031', '023'])
    await using opened = openBilling(replay.settings)

    const months = await opened.billing.invoicesByMonth({ projectId: PROJECT, months: ['2026-10'], detailed: true })

    const [invoice, ...more] = months.get('2026-10') ?? []
    expect(more).toEqual([])
    expect(invoice && printTotal(invoice.total)).toBe('1751.77 / 2014.54')
    expect(invoice?.state).toBe('PAID')
    expect(invoice?.lineItems).toHaveLength(39)
    expect(invoice?.notices).toEqual([])
    const perRegion = Map.groupBy(invoice?.lineItems ?? [], line => line.resource?.region)
    expect([...perRegion].map(([region, lines]) => [region, lines.length])).toEqual([
      ['nz-por-1', 30],
      ['nz-hlz-1', 9],
    ])
    expect(invoice?.lineItems?.some(line => line.name === 'customer-tūī-web')).toBe(true)
    expect(invoice?.lineItems?.some(line => line.name === 'pvc "quoted" \\ <b>&</b>')).toBe(true)
    expect([askedOf(replay.por), askedOf(replay.hlz)]).toEqual([[DETAILED], [DETAILED]])
  })

  it('091 has both regions, the discounts, and products of no region', async () => {
    await using replay = await openReplay(['091'])
    await using opened = openBilling(replay.settings)

    const months = await opened.billing.invoicesByMonth({ projectId: PROJECT, months: ['2026-10'], detailed: true })

    const [invoice] = months.get('2026-10') ?? []
    const lines = invoice?.lineItems ?? []
    expect(invoice && printTotal(invoice.total)).toBe('1689.43 / 1942.84')
    expect(invoice).toMatchObject({ state: 'UNPAID', rawState: 'not_paid', issuedOn: '2026-10-31', notices: [] })
    expect(invoice?.total.taxBasis).toBe('STATED')
    expect(new Set(lines.map(line => line.resource?.region))).toEqual(new Set([...REGIONS, null]))
    expect(
      lines.filter(line => line.type === 'DISCOUNT').map(line => [line.name, line.unit, formatDecimal(line.cost.net)]),
    ).toEqual([
      ['Development Grant', 'NZD', '-50.0'],
      ['SLA credit 2026-01-19 outage', 'NZD', '-12.34'],
    ])
    expect(lines.filter(line => line.resource?.product === 'o1.standard').map(line => line.resource?.region)).toEqual(
      lines.filter(line => line.resource?.category === 'Object Storage').map(() => null),
    )
    expect(askedOf(replay.hlz)).toEqual([])
  })

  it('090 has a credit note and an invoice of the middle of a month in their months', async () => {
    await using replay = await openReplay(['090', '028'])
    await using opened = openBilling(replay.settings)

    const months = await opened.billing.invoicesByMonth({
      projectId: PROJECT,
      months: ['2026-07', '2026-03', '2025-09', '2026-10'],
      detailed: false,
    })

    const printed = [...months].map(([month, bills]) => [
      month,
      bills.map(bill => `${bill.issuedOn} ${printTotal(bill.total)}`),
    ])
    expect(printed).toEqual([
      ['2026-07', ['2026-07-15 540.0 / 621.0', '2026-07-31 1946.71 / 2238.72']],
      ['2026-03', ['2026-03-20 -75.5 / -86.82', '2026-03-31 928.0 / 1067.2']],
      ['2025-09', ['2025-09-30 869.97 / 1000.47']],
      ['2026-10', ['2026-10-31 1689.43 / 1942.84']],
    ])
    expect(askedOf(replay.por)).toEqual(['GET /v2/products', LONG])
  })

  it('097, from the other region, has both regions too', async () => {
    await using replay = await openReplay([], ['097'])
    await using opened = openClient(replay.settings)
    const question = { ...OCTOBER, region: 'nz-hlz-1', start: '2026-09-01', end: '2026-10-01', detailed: true }

    const answer = await opened.client.listInvoices(question)

    expect(driverOfInvoices(answer)).toBe('odoo')
    const [invoice] = mapInvoices(answer)
    expect(invoice && printTotal(invoice.total)).toBe('1666.43 / 1916.39')
    expect(invoice?.state).toBe('PENDING')
    expect(invoice?.lineItems).toHaveLength(38)
    expect(new Set(invoice?.lineItems?.map(line => line.resource?.region))).toEqual(new Set([...REGIONS, null]))
    expect(askedOf(replay.hlz)).toEqual(['GET /v2/invoices?start=2026-09-01&end=2026-10-01T00%3A00%3A01&detailed=True'])
  })
})

describeWithUpstream('quotations as recorded (read from the folder beside the project)', () => {
  it('074 is a total alone', async () => {
    await using replay = await openReplay(['074'])
    await using opened = openBilling(replay.settings)

    const { quotation } = await opened.billing.quotation({
      projectId: PROJECT,
      regions: ['nz-por-1'],
      detailed: false,
    })

    expect(quotation && printTotal(quotation.total)).toBe('1076.40 / 1237.87')
    expect(quotation?.total.taxBasis).toBe('STATED')
    expect(quotation?.lineItems).toBeNull()
    expect(quotation?.period.month).toBe('2026-11')
    expect(askedOf(replay.por)).toEqual(['GET /v2/quotations?detailed=False'])
  })

  it('075 and 076 are added up over the regions', async () => {
    await using replay = await openReplay(['075'], ['076'])
    await using opened = openBilling(replay.settings)

    const { quotation, failures } = await opened.billing.quotation({
      projectId: PROJECT,
      regions: REGIONS,
      detailed: true,
    })

    expect(failures).toEqual([])
    expect(quotation && printTotal(quotation.total)).toBe('1195.38 / 1374.70')
    expect(quotation?.regions.map(({ region, total }) => `${region} ${printTotal(total)}`)).toEqual([
      'nz-por-1 1076.4 / 1237.87',
      'nz-hlz-1 118.98 / 136.83',
    ])
    expect(quotation?.lineItems).toHaveLength(38)
    expect(quotation?.notices).toEqual([])
    expect(askedOf(replay.por)).toEqual(['GET /v2/quotations?detailed=True'])
    expect(askedOf(replay.hlz)).toEqual(['GET /v2/quotations?detailed=True'])
  })

  it('081 states no tax: computed line by line it is what 075 states of the same usage', async () => {
    await using replay = await openReplay(['081'])
    await using opened = openBilling(replay.settings)

    const { quotation } = await opened.billing.quotation({ projectId: PROJECT, regions: ['nz-por-1'], detailed: true })

    expect(quotation && printTotal(quotation.total)).toBe('1076.40 / 1237.87')
    expect(quotation?.total.taxBasis).toBe('COMPUTED')
    expect(quotation?.notices.map(({ code }) => code)).toEqual(['TAX_COMPUTED'])
    expect(quotation?.lineItems).toHaveLength(29)
    const storage = quotation?.lineItems?.filter(line => line.rawType === 'Object Storage Container') ?? []
    expect(storage.map(line => [line.type, line.resource?.product, line.resource?.region])).toEqual(
      storage.map(() => ['RESOURCE_USAGE', 'o1.standard', null]),
    )
    expect(storage.length).toBeGreaterThan(0)
  })
})

describeWithUpstream('refusals as recorded (read from the folder beside the project)', () => {
  it.each<[string, new (...args: never[]) => UpstreamError, number | undefined, boolean]>([
    ['050', UpstreamDeniedError, undefined, false],
    ['051', UpstreamDeniedError, undefined, false],
    ['052', UpstreamStatusError, 400, false],
    ['054', UpstreamStatusError, 400, false],
    ['061', UpstreamDeniedError, undefined, false],
    ['064', UpstreamNotFoundError, undefined, false],
    ['066', UpstreamStatusError, 404, false],
    ['113', UpstreamStatusError, 500, true],
  ])('%s is a typed error that quotes nothing', async (number, kind, status, retryable) => {
    await using replay = await openReplay([number])
    await using opened = openClient(replay.settings)

    const failure = await failureOf(opened.client.listInvoices(OCTOBER))

    expect(failure).toBeInstanceOf(kind)
    expect(failure).toMatchObject({ upstream: 'catalyst', operation: 'GET /v2/invoices', retryable })
    if (status !== undefined) expect(failure).toHaveProperty('status', status)
    for (const text of wordsOf(readRecording(number))) expect(seenOf(failure)).not.toContain(text)
    // A refused token is renewed once, and the request then sent once more.
    expect(askedOf(replay.por)).toHaveLength(number.startsWith('05') && kind === UpstreamDeniedError ? 2 : 1)
  })

  it('061 names the project, as the gateway does for any but its own', async () => {
    const other = '3bc89893fbac460b8a4002fec65347ab'
    await using replay = await openReplay(['061'])
    await using opened = openClient(replay.settings)

    const failure = await failureOf(opened.client.listInvoices({ ...OCTOBER, projectId: other }))

    expect(failure).toBeInstanceOf(UpstreamDeniedError)
    expect(readRecording('061').query).toContain(`project_id=${other}`)
    expect(replay.por.asked.map(({ query }) => query.get('project_id'))).toEqual([other])
  })

  it('064 is no invoice at all, and 066 an error, when months are read', async () => {
    const question = { projectId: PROJECT, months: ['2026-10'], detailed: true }
    await using unknown = await openReplay(['064'], ['064'])
    await using opened = openBilling(unknown.settings)
    expect(await opened.billing.invoicesByMonth(question)).toEqual(new Map([['2026-10', []]]))

    await using unpriced = await openReplay(['066'])
    await using other = openBilling(unpriced.settings)
    const failure = await failureOf(other.billing.invoicesByMonth(question))
    expect(failure).toBeInstanceOf(UpstreamStatusError)
    expect(seenOf(failure)).not.toContain('Flux Capacitor')
  })

  it('070, the page for an unknown path, is no missing project', async () => {
    const recording = { ...readRecording('070'), path: '/v2/invoices' }
    await using keystone = await startReplay('003')
    await using rating = await startReplay(recording)
    const endpoints = new Map([['nz-por-1', rating.url]])
    await using opened = openClient(settingsFor(`${keystone.url}/v3`, { endpoints }))

    const failure = await failureOf(opened.client.listInvoices(OCTOBER))

    expect(failure).toBeInstanceOf(UpstreamStatusError)
    expect(failure).toHaveProperty('status', 404)
    expect(seenOf(failure)).not.toContain('doctype')
  })
})

/** The sentences of a refusal. */
function wordsOf({ body }: Recording): readonly string[] {
  const { error_message, error } = JSON.parse(body) as { error_message?: string; error?: { message: string } }
  const texts = [error_message, error?.message].filter(text => text !== undefined)
  expect(texts).not.toEqual([])
  return texts
}
