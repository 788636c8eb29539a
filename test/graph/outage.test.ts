import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { InvoicesDocument, QuotationDocument, SourcesDocument } from '../operations/operations.generated.js'

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup()
})
afterEach(() => setup[Symbol.asyncDispose]())

/** What no response or log may contain: addresses, secrets and upstream texts. */
function secretsOf({ catalyst, threescale }: TestSetup): readonly string[] {
  const ports = [threescale.url, catalyst.keystone.url, ...Object.values(catalyst.regions).map(region => region.url)]
  return [
    ...ports.map(url => url.split('//')[1] ?? url),
    threescale.accessToken,
    catalyst.credentials.password,
    'SECRET-TEXT',
  ]
}

describe('one system down', () => {
  it('leaves the other system whole when 3scale is gone', async () => {
    const whole = await setup.gateway.ask(InvoicesDocument, { filter: { source: 'CATALYST' }, first: 100 })
    await setup.threescale.close()
    const { status, data, errors } = await setup.gateway.ask(InvoicesDocument, { first: 100 })
    expect(status).toBe(200)
    expect(data?.invoices?.nodes).toEqual(whole.data?.invoices?.nodes)
    expect(data?.invoices?.unavailable).toEqual(['THREESCALE'])
    expect(data?.invoices?.totalCount).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['invoices'],
      extensions: {
        code: 'UPSTREAM_UNAVAILABLE',
        upstream: 'THREESCALE',
        retryable: true,
        requestId: expect.any(String),
      },
    })
  })

  it('leaves the other system whole when Catalyst is gone', async () => {
    await setup.catalyst.close()
    const { data, errors } = await setup.gateway.ask(InvoicesDocument, { first: 100 })
    expect(data?.invoices?.nodes).toHaveLength(100)
    expect(data?.invoices?.unavailable).toEqual(['CATALYST'])
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', upstream: 'CATALYST' })
  })

  it('makes only its own fields null', async () => {
    await setup.threescale.close()
    const { data, errors } = await setup.gateway.askText(
      '{ buyer(id: "threescale:buyer:101") { name } customerCost(prefix: "", month: "2017-07") { total { net { amount } } } }',
    )
    expect(data).toMatchObject({ buyer: null, customerCost: { total: { net: { amount: expect.any(String) } } } })
    expect(errors?.map(error => error.path)).toEqual([['buyer']])
  })

  it('is null with an error when both systems are down', async () => {
    await Promise.all([setup.threescale.close(), setup.catalyst.close()])
    const { data, errors } = await setup.gateway.ask(InvoicesDocument, { first: 5 })
    expect(data?.invoices).toBeNull()
    expect(errors?.length).toBeGreaterThan(0)
  })

  it('is shown by sources', async () => {
    await setup.threescale.close()
    const { data } = await setup.gateway.ask(SourcesDocument)
    expect(data?.sources).toMatchObject([
      { source: 'CATALYST', reachable: true, circuit: 'CLOSED', message: null },
      { source: 'THREESCALE', reachable: false, lastSuccessAt: null, message: expect.stringContaining('3scale') },
    ])
  })
})

describe('sources', () => {
  it('shows a refused credential in every response', async () => {
    setup.catalyst.keystone.intercept = () => ({
      status: 401,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    for (let count = 0; count < 2; count++) {
      const { data } = await setup.gateway.ask(SourcesDocument)
      expect(data?.sources[0]).toMatchObject({ reachable: false, lastSuccessAt: null })
      expect(data?.sources[0]?.message).toContain("Keystone refused the gateway's credential")
    }
  })

  it('names a region that does not answer', async () => {
    await setup.catalyst.regions['nz-hlz-1']?.close()
    const { data } = await setup.gateway.ask(SourcesDocument)
    expect(data?.sources[0]).toMatchObject({ reachable: true, message: expect.stringMatching(/^nz-hlz-1: /) })
  })
})

describe('one region down', () => {
  it('quotes the other regions and names the missing one', async () => {
    await setup.catalyst.regions['nz-hlz-1']?.close()
    const { data, errors } = await setup.gateway.ask(QuotationDocument)
    expect(data?.quotation).toMatchObject({ missingRegions: ['nz-hlz-1'], regions: [{ region: 'nz-por-1' }] })
    expect(data?.quotation?.notices.map(notice => notice.code)).toContain('REGION_MISSING')
    expect(errors?.[0]).toMatchObject({ path: ['quotation'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } })
  })
})

describe('an error', () => {
  const answers = {
    'a server error': { status: 500, body: 'SECRET-TEXT <b>trace</b>' },
    'a refusal': { status: 403, body: '<?xml version="1.0"?><error>SECRET-TEXT</error>' },
    'a login page': { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>SECRET-TEXT</html>' },
    'broken XML': { status: 200, headers: { 'content-type': 'application/xml' }, body: '<invoices>SECRET-TEXT' },
    'too many requests': { status: 429, headers: { 'retry-after': '7' }, body: 'SECRET-TEXT' },
    'a cut connection': 'reset',
  } as const

  it.each([
    ['a server error', 'UPSTREAM_UNAVAILABLE'],
    ['a refusal', 'UPSTREAM_DENIED'],
    ['a login page', 'UPSTREAM_BAD_RESPONSE'],
    ['broken XML', 'UPSTREAM_BAD_RESPONSE'],
    ['too many requests', 'UPSTREAM_UNAVAILABLE'],
    ['a cut connection', 'UPSTREAM_UNAVAILABLE'],
  ] as const)(
    'for %s has the code %s, upstream and request id, and no URL, token or upstream text',
    async (fault, code) => {
      const secrets = secretsOf(setup)
      setup.threescale.intercept = () => answers[fault]
      const answer = await setup.gateway.askText(
        '{ invoice(id: "threescale:invoice:1001") { id } invoices(filter: { source: THREESCALE }) { nodes { id } } }',
      )
      expect(answer.errors).toHaveLength(2)
      for (const error of answer.errors ?? []) {
        expect(error.extensions).toMatchObject({ code, upstream: 'THREESCALE', requestId: expect.any(String) })
      }
      if (fault === 'too many requests') expect(answer.errors?.[0]?.extensions).toMatchObject({ retryAfter: 7 })
      const output = JSON.stringify(answer) + setup.gateway.log.join('')
      expect(secrets.filter(secret => output.includes(secret))).toEqual([])
    },
  )

  it("does not quote Keystone's refusal, nor the password", async () => {
    setup.catalyst.keystone.intercept = () => ({
      status: 401,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"SECRET-TEXT"}',
    })
    const answer = await setup.gateway.askText('{ customerCost(prefix: "", month: "2017-07") { prefix } }')
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_DENIED', upstream: 'CATALYST' })
    const output = JSON.stringify(answer) + setup.gateway.log.join('')
    expect(secretsOf(setup).filter(secret => output.includes(secret))).toEqual([])
  })
})
