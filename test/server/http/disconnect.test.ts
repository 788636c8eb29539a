import { expect, it } from 'vitest'
import { startHouse } from '../../gateway.js'

it.each(['GET /api/invoices.xml', 'GET /v2/invoices'])(
  'a caller who leaves ends what was read for him: %s',
  async asked => {
    await using house = await startHouse()
    const leaving = new AbortController()
    const closed = Promise.withResolvers<void>()
    const servers = [house.threescale, ...Object.values(house.catalyst.regions)]
    for (const server of servers) {
      server.intercept = ({ method, path, gone }) => {
        if (`${method} ${path}` !== asked) return undefined
        gone.addEventListener('abort', () => closed.resolve())
        leaving.abort()
        return new Promise(() => {})
      }
    }
    const body = JSON.stringify({ query: '{ invoices(filter: { from: "2026-09" }) { totalCount } }' })
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body, signal: leaving.signal }
    await expect(fetch(`${house.gateway.url}/graphql`, request)).rejects.toThrow('aborted')
    await closed.promise
    expect(house.gateway.log.filter(line => line.includes('unexpected'))).toEqual([])
  },
)
