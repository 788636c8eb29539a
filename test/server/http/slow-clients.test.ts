import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { STANDARD_LIMITS } from '../../../src/access/limit.js'
import { createHttp, InFlightRequests } from '../../../src/server/http/http-server.js'
import { LimitPolicy } from '../../../src/server/limits/limit-policy.js'
import { RawConnection } from './raw-connection.js'

const RESPONSE = Buffer.alloc(15 * 1024 * 1024, 'x')

// The built program is tested with slow bodies and clients that never read in test/hostile.
it('more than 128 MiB of responses that clients do not read costs the oldest clients their connection, and no other', async () => {
  const logger = pino({ level: 'silent' })
  const inFlight = new InFlightRequests()
  const http = createHttp({
    logger,
    limits: new LimitPolicy(STANDARD_LIMITS, logger),
    inFlight,
    observers: [],
    trustedProxies: [],
  })
  let sent = 0
  http.get('/large', async (_request, reply) => {
    sent++
    return reply.send(RESPONSE)
  })
  http.get('/small', async () => 'small')
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  const connections: RawConnection[] = []
  for (let count = 1; count <= 10; count++) {
    const connection = await RawConnection.open(url)
    connection.pause()
    connection.send('GET /large HTTP/1.1\r\nhost: x\r\n\r\n')
    connections.push(connection)
    await expect.poll(() => sent).toBe(count)
  }
  expect(await (await fetch(`${url}/small`)).text()).toBe('small')
  const received = await Promise.all(
    connections.map(async connection => {
      connection.resume()
      await expect
        .poll(() => connection.received.length >= RESPONSE.length || connection.isClosed, { timeout: 20_000 })
        .toBe(true)
      return connection.received.length >= RESPONSE.length
    }),
  )
  expect(received).toEqual([false, false, ...Array(8).fill(true)])
  for (const connection of connections) connection[Symbol.dispose]()
  await http.close()
})

it('a pause in a response that is sent in chunks is no reason to disconnect its client', async () => {
  const logger = pino({ level: 'silent' })
  const inFlight = new InFlightRequests()
  const http = createHttp({
    logger,
    limits: new LimitPolicy(STANDARD_LIMITS, logger),
    inFlight,
    observers: [],
    trustedProxies: [],
  })
  const body = new PassThrough()
  let socketTimeoutMs: number | undefined
  http.get('/file', async (_request, reply) => {
    body.once('resume', () => {
      socketTimeoutMs = reply.raw.socket?.timeout ?? 0
    })
    return reply.send(body)
  })
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  body.write('first chunk')
  const response = await fetch(`${url}/file`)
  expect(socketTimeoutMs).toBe(0)
  body.end('last chunk')
  expect(await response.text()).toBe('first chunklast chunk')
  await http.close()
})
