import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, buildProgram, type GatewayProcess, startBuilt } from '../built-program.js'
import { hasRedis, startRedis, type TestRedis } from '../redis.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'

const ROUNDS = 8
/** Longer than the test: without word of a write, a replica would show what it holds. */
const TTL = '600,600,600'

describe.skipIf(!hasRedis)('two built gateways on one Redis', () => {
  let folder: string
  let program: BuiltProgram
  let redis: TestRedis
  let threescale: ThreescaleStandIn
  let replicas: readonly [writes: GatewayProcess, reads: GatewayProcess]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'billgraph-'))
    threescale = await startThreescale({ clock: () => new Date(), data: nimbusMaps })
    ;[program, redis] = await Promise.all([buildProgram(), startRedis()])
    const environment = {
      THREESCALE_URL: threescale.url,
      THREESCALE_ACCESS_TOKEN: threescale.accessToken,
      CACHE_URL: redis.url,
      CACHE_THREESCALE_INVOICES: TTL,
      // A busy machine is no reason to do without the store.
      CACHE_TIMEOUT_MS: '20000',
      LIMITS: 'shadow',
    }
    replicas = [
      await startBuilt(program, { ...environment, WRITES_JOURNAL: join(folder, 'journal.db') }),
      await startBuilt(program, environment),
    ]
  })
  afterAll(async () => {
    for (const replica of replicas ?? []) await replica.end()
    await redis?.[Symbol.asyncDispose]()
    await threescale?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** True once the second serves what the first has stored: both reach the Redis. A replica that just started may not yet. */
  async function areConnected(invoice: number): Promise<boolean> {
    const [writes, reads] = replicas
    const query = `{ invoice(id: "threescale:invoice:${invoice}") { number } }`
    await writes.ask(query)
    const before = threescale.requests.length
    await reads.ask(query)
    return threescale.requests.length === before
  }

  /** The number of line items of the invoice, as the replica shows it. */
  async function countOn(replica: GatewayProcess): Promise<unknown> {
    const answer = await replica.ask('{ invoice(id: "threescale:invoice:1217") { lineItems { totalCount } } }')
    expect(answer.errors).toBeUndefined()
    return (answer.data as { invoice: { lineItems: { totalCount: number } } }).invoice.lineItems.totalCount
  }

  async function add(round: number): Promise<void> {
    const [writes] = replicas
    const input = `{ idempotencyKey: "key-of-round-${round}-1234", invoiceId: "threescale:invoice:1217", name: "Line ${round}", cost: "1" }`
    const answer = await writes.ask(`mutation { addLineItem(input: ${input}) { userErrors { code message } } }`)
    expect(answer).toMatchObject({ data: { addLineItem: { userErrors: [] } } })
  }

  it('show nothing that is older than a write once its caller has the response, on either of them', async () => {
    const [writes, reads] = replicas
    let invoice = 1218
    await expect.poll(() => areConnected(invoice++), { timeout: 40_000, interval: 3_000 }).toBe(true)
    const first = Number(await countOn(reads))
    for (let round = 1; round <= ROUNDS; round++) {
      await add(round)
      expect(await Promise.all([countOn(reads), countOn(writes)])).toEqual([first + round, first + round])
    }
  })

  it('read an invoice once between two writes, whatever they are asked', async () => {
    await countOn(replicas[0])
    const before = threescale.requests.length
    for (let count = 0; count < 20; count++) for (const replica of replicas) await countOn(replica)
    expect(threescale.requests.length - before).toBeLessThanOrEqual(1)
  })
})
