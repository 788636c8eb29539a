import { describe, expect, it } from 'vitest'
import { DEFAULT_DOMAIN } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { getToken, passwordLogin, rate, smallData } from './upstream.js'

const clock = () => new Date('2026-11-21T09:14:03.512Z')
const range = 'start=2026-10-01&end=2026-11-01'
const project = (id: string) => ({
  id,
  name: id,
  domain: DEFAULT_DOMAIN,
  enabled: true,
  collectedIn: id === 'p3' ? ['nz-hlz-1'] : ['nz-por-1', 'nz-hlz-1'],
})
const user = {
  id: 'u1',
  name: 'una',
  password: 'secret',
  domain: DEFAULT_DOMAIN,
  roles: { p1: ['_member_'], p2: ['admin'], p3: ['_member_'], p4: ['heat_stack_owner'] },
}
const data = smallData({
  users: [user],
  projects: ['p1', 'p2', 'p3', 'p4'].map(project),
  allowedRoles: ['_member_', 'admin'],
})

const notFoundPage =
  '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n' +
  '<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling ' +
  'and try again.</p>\n'

describe('the order of checks', () => {
  /** Scope of the token: a project, nothing, or no token at all. */
  it.each<[string, string | undefined, string, number, string]>([
    ['no token before an unknown route', undefined, '/v2/nothing', 401, 'requires authentication'],
    ['no token before bad dates', undefined, '/v2/invoices?start=x', 401, 'requires authentication'],
    ['no token behind a doubled slash', undefined, '//v2/products', 401, 'requires authentication'],
    ['route before role', 'p4', '/v2/nothing', 404, '<!doctype html>'],
    ['role before dates', 'p4', '/v2/invoices?start=x', 403, 'You are not authorized to complete this action'],
    ['other project before dates', 'p1', '/v2/invoices?start=x&project_id=p2', 403, 'You are not authorized'],
    ['an unknown project looks like a foreign one', 'p1', `/v2/invoices?${range}&project_id=zz`, 403, 'not authorized'],
    ['an empty project is a foreign one', 'p1', `/v2/invoices?${range}&project_id=`, 403, 'not authorized'],
    ['dates before whether the project is known', 'p3', '/v2/invoices?start=x', 400, "'end'"],
    ['a project not collected in this region', 'p3', `/v2/invoices?${range}`, 404, 'Project p3 not found.'],
    ['the same for quotations', 'p3', '/v2/quotations', 404, 'Project p3 not found.'],
    ['dates before an unscoped token', 'unscoped', '/v2/invoices?start=x', 400, "'end'"],
    ['an unscoped token', 'unscoped', `/v2/invoices?${range}`, 404, 'Project None not found.'],
    ['role before health’s admins', 'p4', '/v2/health', 403, 'You are not authorized to complete this action'],
    ['role before the dates of measurements', 'p4', '/v2/measurements', 403, 'You are not authorized'],
    ['other project before the dates of measurements', 'p1', '/v2/measurements?project_id=p2', 403, 'not authorized'],
    ['dates of measurements before the project', 'p3', '/v2/measurements', 400, "'start'"],
    ['measurements of a project not collected here', 'p3', `/v2/measurements?${range}`, 404, 'Project p3 not found.'],
    ['measurements with an unscoped token', 'unscoped', `/v2/measurements?${range}`, 404, 'Project None not found.'],
    ['credits of another project', 'p1', '/v2/credits?project_id=p2', 403, 'not authorized'],
    ['credits of an empty project', 'p2', '/v2/credits?project_id=', 403, 'not authorized'],
    ['an unscoped token for quotations', 'unscoped', '/v2/quotations', 404, 'Project None not found.'],
    ['an admin for an unknown project', 'p2', `/v2/invoices?${range}&project_id=zz`, 404, 'Project zz not found.'],
  ])('%s', async (_, scope, path, status, text) => {
    await using standIn = await startCatalyst({ data, clock })
    const login = scope === 'unscoped' ? undefined : { project: { id: scope } }
    const token = scope === undefined ? '' : await getToken(standIn, passwordLogin(standIn, login))
    const response = await rate(standIn, path, { token })
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(text)])
  })

  it('shows another project to an admin, and to other roles their own project by id', async () => {
    await using standIn = await startCatalyst({ data, clock })
    const token = await getToken(standIn, passwordLogin(standIn, { project: { id: 'p2' } }))
    const other = await rate(standIn, `/v2/invoices?${range}&project_id=p1`, { token })
    expect(await other.json()).toMatchObject({ project_id: 'p1', invoices: {} })
    const own = await getToken(standIn, passwordLogin(standIn, { project: { id: 'p1' } }))
    expect((await rate(standIn, `/v2/invoices?${range}&project_id=p1`, { token: own })).status).toBe(200)
  })

  it('responds 503 to an unknown token while Keystone is down, and accepts cached tokens', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const [seen, unseen] = [await getToken(standIn), await getToken(standIn)]
    await rate(standIn, '/v2/quotations', { token: seen })
    await standIn.keystone.close()
    expect((await rate(standIn, '/v2/quotations', { token: seen })).status).toBe(200)
    const refused = await rate(standIn, '/v2/quotations', { token: unseen })
    expect([refused.status, await refused.text()]).toEqual([
      503,
      '{"message": "The server is currently unavailable. Please try again at a later time.<br /><br />\\n' +
        'The Keystone service is temporarily unavailable.\\n\\n", ' +
        '"code": "503 Service Unavailable", "title": "Service Unavailable"}',
    ])
  })
})

describe('the dates of /v2/invoices', () => {
  const missingStart = "Missing parameter:'start' in format: y-m-d or y-m-dTH:M:S"
  const missingEnd = "Missing parameter: 'end' in format: y-m-d or y-m-dTH:M:S"
  const order = 'End date must be greater than start.'

  it.each([
    ['', missingStart],
    ['end=2026-11-01', missingStart],
    ['start=', missingEnd],
    ['start=2026-10-01T00:00:00Z', missingEnd],
    ['start=2026-10-01%2000:00:00&end=2026-11-01', missingEnd],
    ['start=2026-10-01&end=yesterday', missingEnd],
    ['start=2026-10-01&end=2026-10-01', order],
    ['start=2026-11-01&end=2026-10-01', order],
    ['start=2027-01-01&end=2027-02-01', order],
    ['start=2026-11-22', order],
  ])('rejects %s', async (query, message) => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const response = await rate(standIn, `/v2/invoices?${query}`)
    const body = `{"error_code": 400, "error_message": "${message}"}`
    expect([response.status, await response.text()]).toEqual([400, body])
  })

  it.each([
    ['start=2026-10-01&end=2026-11-01', '2026-10-01 00:00:00', '2026-11-01 00:00:00'],
    ['start=2026-9-1T1:2:3&end=2026-11-01T00:00:01', '2026-09-01 01:02:03', '2026-11-01 00:00:01'],
    ['start=2026-10-01', '2026-10-01 00:00:00', '2026-11-21 09:14:03.512874'],
    ['start=2026-10-01&end=', '2026-10-01 00:00:00', '2026-11-21 09:14:03.512874'],
    ['start=2026-10-01&end=2030-01-01', '2026-10-01 00:00:00', '2026-11-21 09:14:03.512874'],
    ['start=2026-10-01&start=x&end=2026-11-01', '2026-10-01 00:00:00', '2026-11-01 00:00:00'],
  ])('echoes %s as %s to %s', async (query, start, end) => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    expect(await (await rate(standIn, `/v2/invoices?${query}`)).json()).toMatchObject({ start, end })
  })
})

describe('routes and methods', () => {
  it.each(['/v2/invoices', '/v2/invoices.json', '//v2/invoices', '///v2/invoices.json'])(
    'responds at %s',
    async path => {
      await using standIn = await startCatalyst({ data: smallData(), clock })
      const response = await rate(standIn, `${path}?${range}`)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    },
  )

  it.each(['/v2/invoices/', '/v2', '/v2/credit', '/v2/health/', '/v2/invoices.xml', '/v1/invoices', '/.json'])(
    'has no route at %s',
    async path => {
      await using standIn = await startCatalyst({ data: smallData(), clock })
      const response = await rate(standIn, path)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect([response.status, await response.text()]).toEqual([404, notFoundPage])
    },
  )

  it('needs no token for the versions and the products', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const url = standIn.regions['nz-por-1']?.url
    expect(await (await fetch(`${url}/`)).text()).toBe('{"versions": [{"id": "v2", "status": "CURRENT"}]}')
    expect((await fetch(`${url}/v2/products`)).status).toBe(200)
  })

  it('responds to HEAD with the length and no body', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const length = (await (await rate(standIn, `/v2/invoices?${range}`)).text()).length
    const head = await rate(standIn, `/v2/invoices?${range}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(length), ''])
  })

  it('responds to OPTIONS with the allowed methods', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const response = await rate(standIn, '/v2/invoices', { method: 'OPTIONS' })
    expect([response.status, response.headers.get('allow')]).toEqual([200, 'GET, OPTIONS, HEAD'])
  })

  it.each(['POST', 'PUT', 'DELETE'])('rejects %s with an HTML page', async method => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const response = await rate(standIn, '/v2/invoices', { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, OPTIONS, HEAD'])
    expect(await response.text()).toContain('<title>405 Method Not Allowed</title>')
  })

  it('requires a token for OPTIONS and POST too', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    for (const method of ['OPTIONS', 'POST']) {
      expect((await rate(standIn, '/v2/invoices', { method, token: '' })).status).toBe(401)
    }
  })

  it('reads a token from its own header only', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const headers = { Authorization: `Bearer ${await getToken(standIn)}` }
    expect((await rate(standIn, '/v2/quotations', { token: '', headers })).status).toBe(401)
  })
})

describe('Accept', () => {
  it.each([
    ['application/json', 200],
    ['*/*', 200],
    ['application/*;q=0.5', 200],
    ['text/html, application/json;q=0.1', 200],
    ['text/html', 400],
    ['text/plain', 400],
    ['application/xml', 500],
  ])('%s gives %d', async (accept, status) => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const response = await rate(standIn, `/v2/invoices?${range}`, { headers: { Accept: accept } })
    const type = status === 200 ? 'application/json' : 'text/html; charset=utf-8'
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type])
  })

  it('replaces errors too, except those of the token check', async () => {
    await using standIn = await startCatalyst({ data: smallData(), clock })
    const headers = { Accept: 'text/html' }
    const refused = await rate(standIn, '/v2/invoices', { headers })
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('<h1>Bad Request</h1>')])
    const unknown = await rate(standIn, '/v2/invoices', { headers, token: 'x' })
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([401, 'application/json'])
  })
})

describe('/v2/products', () => {
  const price = { name: 'c1.c1r2', category: 'compute', unit: 'hour', rate: 0.062, description: '' }
  const priced = smallData({ prices: { 'nz-por-1': [price] } })

  it.each([
    ['regions=nz-por-1,mars-1', "['mars-1']"],
    ['regions=nz-por-1, nz-hlz-1', "[' nz-hlz-1']"],
    ['regions=NZ-POR-1,mars-1', "['NZ-POR-1', 'mars-1']"],
    ["regions=o'brien", `[\\"o'brien\\"]`],
  ])('rejects %s as unknown', async (query, names) => {
    await using standIn = await startCatalyst({ data: priced, clock })
    const response = await fetch(`${standIn.regions['nz-por-1']?.url}/v2/products?${query}`)
    const message = `Region name(s) ${names} not found, available regions: ['nz-por-1', 'nz-hlz-1']`
    const body = `{"error_code": 404, "error_message": "${message}"}`
    expect([response.status, await response.text()]).toEqual([404, body])
  })

  it('omits a region without prices', async () => {
    await using standIn = await startCatalyst({ data: priced, clock })
    const url = standIn.regions['nz-hlz-1']?.url
    expect(await (await fetch(`${url}/v2/products?regions=nz-hlz-1`)).text()).toBe('{"products": {}}')
    const all = (await (await fetch(`${url}/v2/products`)).json()) as { products: object }
    expect(Object.keys(all.products)).toEqual(['nz-por-1'])
  })

  it('rejects a request with project_id, even with a token', async () => {
    await using standIn = await startCatalyst({ data: priced, clock })
    expect((await rate(standIn, '/v2/products?project_id=p1')).status).toBe(403)
    expect((await rate(standIn, '/v2/products?project_id=p1', { token: '' })).status).toBe(403)
  })
})
