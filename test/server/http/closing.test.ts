import { expect, it } from 'vitest'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { clock, startGateway } from '../../gateway.js'
import { RawConnection } from './raw-connection.js'

const NO_SYSTEMS = { catalyst: null, threescale: null }
const BODY = '{"query":"{ sources { source } }"}'
const HEAD = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n`
const GET = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'

// Node stops its request time-outs when a server closes, so the first three used to keep the server open for ever.
it.each<[string, string]>([
  ['whose headers have arrived in part', HEAD],
  ['whose body has arrived in part', `${HEAD}\r\n${BODY.slice(0, 5)}`],
  ['whose next request has arrived in part', GET + HEAD],
  ['that is idle after a response', GET],
  ['on which nothing was sent', ''],
])('closing does not wait for a connection %s', async (_what, sent) => {
  await using gateway = await startGateway(NO_SYSTEMS)
  using connection = await RawConnection.open(gateway.url)
  connection.send(sent)
  if (sent.startsWith('GET')) await expect.poll(() => connection.received).toContain('"ok"')
  // Once the server has answered another request, it has read what this connection sent.
  await fetch(`${gateway.url}/healthz`)
  await gateway[Symbol.asyncDispose]()
  await connection.closed()
})

it('closing waits for a request in flight, answers it, and refuses new connections', async () => {
  await using threescale = await startThreescale({ clock })
  const [called, released] = [Promise.withResolvers<void>(), Promise.withResolvers<undefined>()]
  threescale.intercept = () => {
    called.resolve()
    return released.promise
  }
  const { url, accessToken } = threescale
  const gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 60_000 } })
  using half = await RawConnection.open(gateway.url)
  half.send(`${HEAD}\r\n{`)
  const body = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })
  const headers = { 'content-type': 'application/json' }
  const answered = fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
  await called.promise
  const closed = gateway[Symbol.asyncDispose]()
  await expect(fetch(`${gateway.url}/healthz`)).rejects.toThrow('fetch failed')
  released.resolve(undefined)
  const response = await answered
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
  expect(await response.json()).toEqual({ data: { invoices: { totalCount: expect.any(Number) } } })
  await closed
  await half.closed()
})
