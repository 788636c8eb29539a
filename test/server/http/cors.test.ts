import { describe, expect, it } from 'vitest'
import type { CorsSettings } from '../../../src/server/http/cors.js'
import { startGateway, type TestGateway } from '../../gateway.js'

const OURS = 'https://bills.example.com'
const THEIRS = 'https://evil.example.com'

const start = (cors: CorsSettings | null) => startGateway({ catalyst: null, threescale: null }, false, { cors })

function preflight({ url }: TestGateway, origin: string): Promise<Response> {
  const requested = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
  return fetch(`${url}/graphql`, { method: 'OPTIONS', headers: { origin, ...requested } })
}

function send({ url }: TestGateway, origin: string, query = '{ sources { source } }'): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin }
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
}

/** The CORS headers of a response, without their prefix. */
function permissionsOf({ headers }: Response): Readonly<Record<string, string>> {
  const all = [...headers].filter(([name]) => name.startsWith('access-control-'))
  return Object.fromEntries(all.map(([name, value]) => [name.slice('access-control-'.length), value]))
}

describe('CORS', () => {
  it('allows no other origin by default', async () => {
    await using gateway = await start(null)
    for (const origin of [OURS, 'null', gateway.url]) {
      const [before, answer] = [await preflight(gateway, origin), await send(gateway, origin)]
      expect([before.status, permissionsOf(before)]).toEqual([405, {}])
      expect([answer.status, permissionsOf(answer)]).toEqual([200, {}])
    }
  })

  it('allows the listed origins: preflights, answers and refusals', async () => {
    await using gateway = await start({ origins: [OURS, 'http://localhost:3000'], hasCredentials: false })
    const before = await preflight(gateway, OURS)
    expect([before.status, permissionsOf(before)]).toEqual([
      204,
      {
        'allow-origin': OURS,
        'allow-methods': 'GET, POST',
        'allow-headers': expect.stringMatching(/content-type.*authorization.*x-request-id.*apollo-require-preflight/),
        'expose-headers': 'x-request-id, retry-after',
        'max-age': '86400',
      },
    ])
    expect(before.headers.get('x-request-id')).toMatch(/./)
    for (const query of ['{ sources { source } }', '{']) {
      const answer = await send(gateway, 'http://localhost:3000', query)
      expect(permissionsOf(answer)).toMatchObject({ 'allow-origin': 'http://localhost:3000' })
      expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin')
    }
  })

  it.each([THEIRS, 'null', 'https://bills.example.com.evil.example', 'http://bills.example.com', `${OURS}:8443`])(
    'allows nothing to %s, and answers it as without CORS',
    async origin => {
      await using gateway = await start({ origins: [OURS], hasCredentials: true })
      const [before, answer] = [await preflight(gateway, origin), await send(gateway, origin)]
      expect([before.status, permissionsOf(before)]).toEqual([405, {}])
      expect([answer.status, permissionsOf(answer)]).toEqual([200, {}])
      expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin')
    },
  )

  it('allows cookies where that is set, and only there', async () => {
    await using gateway = await start({ origins: [OURS], hasCredentials: true })
    expect(permissionsOf(await send(gateway, OURS))).toMatchObject({ 'allow-credentials': 'true' })
    await using plain = await start({ origins: [OURS], hasCredentials: false })
    expect(permissionsOf(await send(plain, OURS))).not.toHaveProperty('allow-credentials')
  })

  it('allows every origin by *', async () => {
    await using gateway = await start({ origins: ['*'], hasCredentials: false })
    expect(permissionsOf(await preflight(gateway, THEIRS))).toMatchObject({ 'allow-origin': '*' })
    expect(permissionsOf(await send(gateway, THEIRS))).toMatchObject({ 'allow-origin': '*' })
  })

  it('still refuses OPTIONS that is not a preflight', async () => {
    await using gateway = await start({ origins: ['*'], hasCredentials: false })
    const response = await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin: OURS } })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })
})
