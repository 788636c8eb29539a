import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WriteConnection } from '../../../src/upstream/http/write-exchange.js'

const CLIENT_HELLO = 0x16

describe('a connection for a write', () => {
  it('begins TLS with a server that is named by its IP address', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const first = once(server, 'connection').then(async ([socket]) => {
      const [data] = (await once(socket as Socket, 'data')) as [Buffer]
      ;(socket as Socket).destroy()
      return data[0]
    })
    const opened = WriteConnection.open({ origin: `https://127.0.0.1:${port}` }, 20_000, {
      upstream: 'threescale',
      operation: 'connect',
    })
    await expect(Promise.all([opened, first])).rejects.toThrow('3scale')
    expect(await first).toBe(CLIENT_HELLO)
    server.close()
  }, 30_000)
})
