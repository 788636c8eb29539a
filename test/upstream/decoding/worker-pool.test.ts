import { describe, expect, it } from 'vitest'
import { decodeInvoices } from '../../../src/upstream/catalyst/decode.js'
import { type DecoderName, decoders } from '../../../src/upstream/decoding/decoders.js'
import { DecodePool, maxInlineBytes } from '../../../src/upstream/decoding/worker-pool.js'
import { UpstreamFormatError, type UpstreamRequest } from '../../../src/upstream/http/errors.js'
import { decodeInvoicePage } from '../../../src/upstream/threescale/decode.js'
import { catalystBody, threescaleBody } from './large-bodies.js'

const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }

/** The sources are TypeScript; the build is JavaScript, and needs no hooks. */
const hooks = new URL('../../typescript-hooks.mjs', import.meta.url)
const execArgv = ['--import', hooks.href]

const invoices = catalystBody(6000)
const page = threescaleBody(2000)

describe('DecodePool', () => {
  it('decodes large bodies on a worker thread to the same value as on the main thread', async () => {
    await using pool = new DecodePool({ execArgv })
    const decoded = pool.decode('catalystInvoices', invoices, ASKED)
    expect(decoded).toBeInstanceOf(Promise)
    expect(await decoded).toStrictEqual(decodeInvoices(invoices, ASKED))
    const decodedPage = pool.decode('threescaleInvoicePage', page, ASKED)
    expect(decodedPage).toBeInstanceOf(Promise)
    expect(await decodedPage).toStrictEqual(decodeInvoicePage(page, ASKED))
  })

  it('decodes small bodies synchronously', async () => {
    await using pool = new DecodePool({ execArgv })
    const small = catalystBody(1000)
    expect(small.byteLength).toBeLessThan(maxInlineBytes('catalystInvoices'))
    expect(pool.decode('catalystInvoices', small, ASKED)).toStrictEqual(decodeInvoices(small, ASKED))
    expect(() => pool.decode('catalystInvoices', Buffer.from('{'), ASKED)).toThrow(UpstreamFormatError)
  })

  it('sends XML to a thread from a smaller size than JSON, and every body over 256 kB', async () => {
    await using pool = new DecodePool({ execArgv })
    const [some, more] = [threescaleBody(20), threescaleBody(400)]
    expect(some.byteLength).toBeLessThan(maxInlineBytes('threescaleInvoicePage'))
    expect(more.byteLength).toBeLessThan(maxInlineBytes('catalystInvoices'))
    expect(pool.decode('threescaleInvoicePage', some, ASKED)).not.toBeInstanceOf(Promise)
    const decoded = pool.decode('threescaleInvoicePage', more, ASKED)
    expect(decoded).toBeInstanceOf(Promise)
    expect(await decoded).toStrictEqual(decodeInvoicePage(more, ASKED))
    const names = Object.keys(decoders) as DecoderName[]
    expect(Math.max(...names.map(maxInlineBytes))).toBe(256 * 1024)
  })

  it('fails with the same error on both threads', async () => {
    await using pool = new DecodePool({ execArgv })
    const wrong = Buffer.from(
      Buffer.from(invoices)
        .toString()
        .replace(/"cost": [\d.]+, "cost_taxed": 1.23}/, '"cost": "x"}'),
    )
    const cut = invoices.subarray(0, -1)
    const twice = Buffer.concat([invoices.subarray(0, -1), Buffer.from(', "project_id": "p2"}')])
    for (const body of [wrong, cut, twice]) {
      const onMain = await failureOf(async () => decodeInvoices(body, ASKED))
      const decoded = pool.decode('catalystInvoices', body, ASKED)
      expect(decoded).toBeInstanceOf(Promise)
      const onThread = await failureOf(async () => decoded)
      expect(onThread).toBeInstanceOf(UpstreamFormatError)
      expect({ ...onThread, message: onThread.message }).toEqual({ ...onMain, message: onMain.message })
    }
  })

  it('decodes many bodies at a time, each to its own value', async () => {
    await using pool = new DecodePool({ execArgv })
    const bodies = [2000, 3000, 2500, 4000, 2200, 6000].map(catalystBody)
    const decoded = await Promise.all(bodies.map(body => pool.decode('catalystInvoices', body, ASKED)))
    expect(decoded).toStrictEqual(bodies.map(body => decodeInvoices(body, ASKED)))
  })

  it('refuses a body that crashes its thread, and starts another thread', async () => {
    await using pool = new DecodePool({ entry: new URL('./threads/dying.mjs', import.meta.url) })
    for (let round = 0; round < 4; round++) {
      const decoded = pool.decode('catalystInvoices', invoices, ASKED)
      expect(decoded).toBeInstanceOf(Promise)
      const error = await failureOf(async () => decoded)
      expect(error).toBeInstanceOf(UpstreamFormatError)
      expect(error.message).toContain('it crashed the decoder')
    }
  })

  it('refuses a body that takes too long, and stops its thread', async () => {
    await using pool = new DecodePool({ entry: new URL('./threads/hanging.mjs', import.meta.url), maxDecodeMs: 50 })
    const bodies = [1, 2, 3].map(() => failureOf(async () => pool.decode('catalystInvoices', invoices, ASKED)))
    for (const error of await Promise.all(bodies)) expect(error.message).toContain('it takes too long to decode')
  })

  it('decodes on the main thread when no worker thread can be started', async () => {
    await using pool = new DecodePool({ entry: new URL('../threads/absent.mjs', import.meta.url) })
    const decoded = [invoices, invoices, invoices].map(body => pool.decode('catalystInvoices', body, ASKED))
    for (const invoices of await Promise.all(decoded)) expect(invoices.project_id).toBe('p1')
    expect(pool.decode('catalystInvoices', invoices, ASKED)).not.toBeInstanceOf(Promise)
  })

  it('decodes what it was given before it closes', async () => {
    const pool = new DecodePool({ execArgv })
    const decoded = pool.decode('catalystInvoices', invoices, ASKED)
    await pool[Symbol.asyncDispose]()
    expect((await decoded).project_id).toBe('p1')
  })
})

async function failureOf(action: () => Promise<unknown>): Promise<Error> {
  try {
    await action()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('a failure was expected')
}
