import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startGateway, type TestGateway } from '../../gateway.js'

interface Raw {
  readonly status: number | undefined
  readonly encoding: string | undefined
  readonly vary: string | undefined
  readonly bytes: Buffer
}

/** Sends a query. The response is returned as it was sent: fetch would inflate it. */
function post({ url }: TestGateway, query: string, headers: Record<string, string>, agent?: Agent): Promise<Raw> {
  return send(`${url}/graphql`, Buffer.from(JSON.stringify({ query })), headers, agent)
}

function send(url: string, body: Buffer, headers: Record<string, string>, agent?: Agent): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const json = { 'content-type': 'application/json' }
    const sent = request(url, { method: 'POST', headers: { ...json, ...headers }, ...(agent && { agent }) })
    sent.on('error', reject).on('response', response => {
      const chunks: Buffer[] = []
      response.on('error', reject).on('data', chunk => chunks.push(chunk))
      response.on('end', () => {
        const { vary, 'content-encoding': encoding } = response.headers
        resolve({ status: response.statusCode, encoding, vary, bytes: Buffer.concat(chunks) })
      })
    })
    sent.end(body)
  })
}

const start = (hasCompression: boolean) => startGateway({ catalyst: null, threescale: null }, false, { hasCompression })

/** Queries with responses of about 5 kB and 200 kB: one is compressed at once, one in a stream. */
const MEDIUM = '{ __schema { types { name } } }'
const LARGE = '{ __schema { types { name description fields { name description args { name description } } } } }'

const FIELDS = 40

/** A document whose response has this many bytes or a few less, in names that do not repeat. */
function documentOf(length: number): string {
  const named = Math.floor((length - 12) / FIELDS) - 11
  const nameOf = (i: number): string =>
    createHash('shake256', { outputLength: named })
      .update(String(i))
      .digest('hex')
      .slice(1 - named)
  return `{ ${[...Array(FIELDS).keys()].map(i => `f${nameOf(i)}: __typename`).join(' ')} }`
}

function withoutIds(bytes: Buffer | undefined): string | undefined {
  return bytes?.toString().replace(/"requestId":"[^"]*"/g, '')
}

describe('compression', () => {
  it.each([
    ['br', MEDIUM, brotliDecompressSync],
    ['br', LARGE, brotliDecompressSync],
    ['gzip', MEDIUM, gunzipSync],
    ['gzip', LARGE, gunzipSync],
  ])('is %s for a client that accepts it, for the query %s', async (encoding, query, inflate) => {
    await using gateway = await start(true)
    const plain = await post(gateway, query, {})
    expect([plain.status, plain.encoding]).toEqual([200, undefined])
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const small = await post(gateway, query, { accept, 'accept-encoding': encoding })
      expect([small.status, small.encoding]).toEqual([200, encoding])
      expect(small.vary).toContain('accept-encoding')
      expect(small.bytes.length).toBeLessThan(plain.bytes.length / 2)
      expect(JSON.parse(inflate(small.bytes).toString())).toEqual(JSON.parse(plain.bytes.toString()))
    }
  })

  it('prefers br, and leaves short responses and those for other clients alone', async () => {
    await using gateway = await start(true)
    const encodingOf = async (query: string, accepted: string) =>
      (await post(gateway, query, { 'accept-encoding': accepted })).encoding
    expect(await encodingOf(MEDIUM, 'gzip, deflate, br')).toBe('br')
    expect(await encodingOf('{ __typename }', 'gzip, br')).toBeUndefined()
    expect(await encodingOf(MEDIUM, 'identity')).toBeUndefined()
    expect(await encodingOf(MEDIUM, 'compress, lzma')).toBeUndefined()
    expect(await encodingOf(MEDIUM, 'br;q=0, gzip;q=0')).toBeUndefined()
  })

  it('is correct for lengths near the thresholds, and leaves responses that fit in a packet alone', async () => {
    await using gateway = await start(true)
    for (const around of [1_400, 32_768]) {
      for (let length = around - 60; length <= around + 60; length += 20) {
        const query = documentOf(length)
        const plain = await post(gateway, query, {})
        expect(length - plain.bytes.length).toBeLessThan(FIELDS)
        const { status, encoding, bytes } = await post(gateway, query, { 'accept-encoding': 'gzip' })
        expect([status, encoding]).toEqual([200, plain.bytes.length < 1_400 ? undefined : 'gzip'])
        expect((encoding ? gunzipSync(bytes) : bytes).equals(plain.bytes)).toBe(true)
      }
    }
  })

  it('covers refusals, and concurrent requests on one connection', async () => {
    await using gateway = await start(true)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const wrong = `{ ${'nothing '.repeat(40)}}`
    const queries = [LARGE, wrong, '{ __typename }', MEDIUM, LARGE, '{']
    const plain = await Promise.all(queries.map(query => post(gateway, query, {}, agent)))
    const small = await Promise.all(queries.map(query => post(gateway, query, { 'accept-encoding': 'br' }, agent)))
    agent.destroy()
    expect(small.map(({ status }) => status)).toEqual([200, 400, 200, 200, 200, 400])
    expect(small.map(({ encoding }) => encoding)).toEqual(['br', 'br', undefined, 'br', 'br', undefined])
    for (const [i, { encoding, bytes }] of small.entries()) {
      expect(withoutIds(encoding ? brotliDecompressSync(bytes) : bytes)).toEqual(withoutIds(plain[i]?.bytes))
    }
  })

  it('can be turned off', async () => {
    await using gateway = await start(false)
    const { encoding, bytes } = await post(gateway, LARGE, { 'accept-encoding': 'gzip, br' })
    expect(encoding).toBeUndefined()
    expect(JSON.parse(bytes.toString())).toHaveProperty('data.__schema')
  })

  it('never inflates a request', async () => {
    await using gateway = await start(true)
    const bomb = gzipSync(Buffer.from(JSON.stringify({ query: `{ __typename ${' '.repeat(900_000)}}` })))
    const { status, bytes } = await send(`${gateway.url}/graphql`, bomb, { 'content-encoding': 'gzip' })
    expect([status, bytes.toString()]).toEqual([400, expect.stringContaining('BAD_REQUEST')])
  })
})
