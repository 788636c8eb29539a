import { describe, expect, it } from 'vitest'
import type { ErpDocument } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import type { StandInRequest } from '../../../src/standin/handler.js'
import { startServer } from '../../../src/standin/server.js'
import {
  UpstreamDeniedError,
  type UpstreamError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  UpstreamStatusError,
} from '../../../src/upstream/http/errors.js'
import { smallData } from '../../standin/catalyst/upstream.js'
import { clock, openBilling, openClient, printTotal, settingsFor, settingsForStandIn } from '../catalyst/open-client.js'
import { logRating } from '../catalyst/rating-log.js'
import { failureOf, seenOf } from '../catalyst/seen-of-error.js'
import { startKeystone } from '../keystone/keystone-server.js'

const CANARY = 'canary-tui-0815'
const OCTOBER = { projectId: null, region: 'nz-por-1', start: '2026-10-01', end: '2026-11-01', detailed: false }

describe('a request to a rating server', () => {
  it('is / without a token for a ping; the health report is for admins only', async () => {
    const users = smallData().users.map(user => ({ ...user, roles: { p1: ['billing'] } }))
    await using catalyst = await startCatalyst({ clock, data: smallData({ users }) })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const seen: StandInRequest[] = []
    const log = logRating(catalyst, (_region, request) => {
      seen.push(request)
      return undefined
    })

    expect(await opened.billing.ping()).toEqual([])

    expect(log.toSorted()).toEqual(['nz-hlz-1 /', 'nz-por-1 /'])
    expect(seen.filter(({ headers }) => 'x-auth-token' in headers)).toEqual([])
  })

  it('accepts JSON, and has one token for all regions', async () => {
    await using catalyst = await startCatalyst({ clock, driver: 'jsonfile' })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const seen: StandInRequest[] = []
    const log = logRating(catalyst, (_region, request) => {
      seen.push(request)
      return undefined
    })

    await opened.billing.invoicesByMonth({
      projectId: catalyst.credentials.projectId,
      months: ['2026-10'],
      detailed: true,
    })

    expect(new Set(log.map(line => line.split(' ')[0]))).toEqual(new Set(['nz-por-1', 'nz-hlz-1']))
    expect(new Set(seen.map(({ headers }) => headers.accept))).toEqual(new Set(['application/json']))
    expect(new Set(seen.map(({ headers }) => headers['x-auth-token'])).size).toBe(1)
    expect(catalyst.keystone.requests.filter(request => request.startsWith('POST'))).toHaveLength(1)
  })
})

describe('a response of a rating server', () => {
  const json = 'application/json'
  const html = 'text/html; charset=utf-8'

  it.each<[string, number, string, string, new (...args: never[]) => UpstreamError]>([
    ['a page for an unknown path', 404, html, `<!doctype html>${CANARY}`, UpstreamStatusError],
    ['a page for an Accept that it cannot serve', 400, html, `<p>${CANARY}</p>`, UpstreamStatusError],
    ['a page for a crash', 500, html, `<p>${CANARY}</p>`, UpstreamStatusError],
    ['a traceback', 500, 'text/plain', CANARY, UpstreamStatusError],
    ['an error under "error"', 401, json, `{"error": {"code": 401, "message": "${CANARY}"}}`, UpstreamDeniedError],
    ['a code that is text', 503, json, `{"code": "503 Service ${CANARY}", "message": "x"}`, UpstreamStatusError],
    ['a role', 403, json, `{"error_code": 403, "error_message": "${CANARY}"}`, UpstreamDeniedError],
    ['a start', 400, json, `{"error_code": 400, "error_message": "'end' ${CANARY}"}`, UpstreamStatusError],
    ['no project', 404, json, '{"error_code": 404, "error_message": "Project p1 not found."}', UpstreamNotFoundError],
    [
      'no price',
      404,
      json,
      `{"error_code": 404, "error_message": "Price not found, service name: ${CANARY}, service type: x"}`,
      UpstreamStatusError,
    ],
    ['that words, as a page', 404, html, '{"error_message": "Project p1 not found."}', UpstreamStatusError],
  ])(
    'about %s with status %i is recognized by status and content type, and its text is not quoted',
    async (_, status, type, body, kind) => {
      await using rating = await startServer(() => ({ status, headers: { 'Content-Type': type }, body }))
      await using keystone = await startKeystone({ clock })
      const endpoints = new Map([['nz-por-1', rating.url]])
      await using opened = openClient(settingsFor(keystone.authUrl, { endpoints }))

      const failure = await failureOf(opened.client.listInvoices(OCTOBER))

      expect(failure).toBeInstanceOf(kind)
      expect(failure).toMatchObject({ upstream: 'catalyst', operation: 'GET /v2/invoices' })
      if (kind === UpstreamStatusError) expect(failure).toMatchObject({ status, retryable: status >= 500 })
      expect(seenOf(failure)).not.toContain(CANARY)
    },
  )

  it('is refused beyond 32 MiB', async () => {
    await using rating = await startServer(() => ({
      status: 200,
      headers: { 'Content-Type': json },
      body: ' '.repeat(32 * 1024 * 1024 + 1),
    }))
    await using keystone = await startKeystone({ clock })
    const endpoints = new Map([['nz-por-1', rating.url]])
    await using opened = openBilling(settingsFor(keystone.authUrl, { endpoints }))

    const failure = await failureOf(
      opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed: true }),
    )

    expect(failure).toBeInstanceOf(UpstreamFormatError)
    expect(failure.message).toContain('it is longer than 33554432 bytes')
  })
})

describe('a bill with a hidden line', () => {
  const line = { category: 'Compute', product: 'NZ-POR-1.c1.c1r1', resourceName: 'a', quantity: 1, unit: 'hour' }
  const bill: ErpDocument = {
    billDate: '2026-10-31',
    status: 'paid',
    lines: [
      { ...line, rate: 100 },
      { ...line, product: 'reseller-margin-discount', resourceName: false, rate: -20 },
    ],
  }

  it('has the total of its visible lines, and no notices', async () => {
    await using catalyst = await startCatalyst({ clock, data: smallData({ documents: { p1: [bill] } }) })
    await using opened = openBilling(settingsForStandIn(catalyst))

    const months = await opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed: true })

    const [read] = months.get('2026-10') ?? []
    expect(read?.lineItems).toHaveLength(1)
    expect(read && printTotal(read.total)).toMatch(/^100\.0 \/ 115\.0$/)
    expect(read?.notices).toEqual([])
  })
})
