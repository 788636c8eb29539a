import { expect, it } from 'vitest'
import { startTestSetup } from '../../gateway.js'

it.each(['GET /api/invoices.xml', 'GET /v2/invoices'])(
  'a client that disconnects cancels the upstream reads of its request: %s',
  async call => {
    await using test = await startTestSetup()
    const disconnect = new AbortController()
    const closed = Promise.withResolvers<void>()
    const servers = [test.threescale, ...Object.values(test.catalyst.regions)]
    for (const server of servers) {
      server.intercept = ({ method, path, gone }) => {
        if (`${method} ${path}` !== call) return undefined
        gone.addEventListener('abort', () => closed.resolve())
        disconnect.abort()
        return new Promise(() => {})
      }
    }
    const body = JSON.stringify({ query: '{ invoices(filter: { from: "2026-09" }) { totalCount } }' })
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body, signal: disconnect.signal }
    await expect(fetch(`${test.gateway.url}/graphql`, request)).rejects.toThrow('aborted')
    await closed.promise
    expect(test.gateway.log.filter(line => line.includes('unexpected'))).toEqual([])
    const answered = () => test.gateway.log.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
    await expect.poll(answered).toMatchObject([{ status: 499, calls: expect.anything() }])
  },
)
