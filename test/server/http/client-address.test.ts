import { expect, it } from 'vitest'
import { startGateway } from '../../gateway.js'

const NO_SYSTEMS = { catalyst: null, threescale: null }

it.each<[string, string[], string | undefined, string]>([
  ['the connection, when no proxy is trusted', [], '203.0.113.7', '127.0.0.1'],
  ['the connection, when its other end is not a trusted proxy', ['10.0.0.0/8'], '203.0.113.7', '127.0.0.1'],
  ['the connection, when a trusted proxy sends no header', ['loopback'], undefined, '127.0.0.1'],
  ['the header of a trusted proxy', ['127.0.0.1'], '203.0.113.7', '203.0.113.7'],
  [
    'the last address in the header that is not a trusted proxy',
    ['127.0.0.1', '10.0.0.0/8'],
    '1.1.1.1, 203.0.113.7, 10.2.3.4',
    '203.0.113.7',
  ],
  ['the connection, when the header holds no address', ['loopback'], '<script>', '127.0.0.1'],
])('the log has the client address of %s', async (_what, trustedProxies, header, expected) => {
  await using gateway = await startGateway(NO_SYSTEMS, false, { trustedProxies })
  await fetch(`${gateway.url}/healthz`, { headers: header === undefined ? {} : { 'x-forwarded-for': header } })
  await expect.poll(() => gateway.log.filter(line => line.includes('"route":"/healthz"'))).toHaveLength(1)
  const line = gateway.log.find(one => one.includes('"route":"/healthz"')) ?? ''
  expect(JSON.parse(line)).toMatchObject({ address: expected })
})
