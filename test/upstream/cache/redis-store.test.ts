import { createClient } from '@keyv/redis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { settingsOf, startGateway, startTestSetup, type TestGateway, type TestSetup } from '../../gateway.js'
import { InvoicesDocument } from '../../operations/operations.generated.js'
import { hasRedis, startRedis, type TestRedis } from '../../redis.js'

describe.skipIf(!hasRedis)('two replicas on one Redis', () => {
  let redis: TestRedis
  let setup: TestSetup
  /** Timeouts that no read, or any slow read, exceeds. */
  const [AMPLE_MS, SHORT_MS] = [20_000, 50]
  let replicas: readonly [TestGateway, TestGateway]

  beforeEach(async () => {
    redis = await startRedis()
    setup = await startTestSetup()
    replicas = [await open(AMPLE_MS), await open(AMPLE_MS)]
  })
  afterEach(async () => {
    redis.wake()
    for (const replica of replicas) await replica[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
    await setup[Symbol.asyncDispose]()
  })

  const open = (timeoutMs: number) =>
    startGateway({ ...settingsOf(setup), cache: { ttls: DEFAULT_TTLS, url: redis.url, timeoutMs } })
  const ask = (replica: TestGateway) => replica.ask(InvoicesDocument, { first: 5 })
  const calls = () => setup.threescale.requests.length + setup.catalyst.requests.length

  /** Everything that Redis holds, as text. */
  async function dump(): Promise<Map<string, string>> {
    const client = await createClient({ url: redis.url }).connect()
    const all = new Map<string, string>()
    for (const key of await client.keys('*')) all.set(String(key), String(await client.get(key)))
    client.destroy()
    return all
  }

  /** The kinds of entries that Redis holds. */
  async function namesHeld(): Promise<readonly string[]> {
    return [...(await dump()).keys()].map(key => key.split(':')[1] ?? '')
  }

  it('the second serves what the first fetched', async () => {
    const first = await ask(replicas[0])
    expect(first.errors).toBeUndefined()
    await expect.poll(namesHeld).toEqual(expect.arrayContaining(['catalyst-bills', 'threescale-invoices']))
    const before = calls()

    expect(await ask(replicas[1])).toEqual(first)
    expect(calls()).toBe(before)
  })

  it('keep no secret there, and no key that reveals anything', async () => {
    await ask(replicas[0])
    await expect.poll(namesHeld).toEqual(expect.arrayContaining(['catalyst-bills', 'threescale-invoices']))
    const { password, projectId } = setup.catalyst.credentials
    const held = await dump()

    for (const key of held.keys()) {
      expect(key).toMatch(/^billgraph:[\w@-]+:[\w-]{43}$/)
      expect(key).not.toContain(projectId)
    }
    for (const text of held.values()) {
      expect(text).not.toContain(password)
      expect(text).not.toContain(setup.threescale.accessToken)
    }
  })

  it.each<[string, () => unknown]>([
    ['killed', () => redis.kill()],
    ['hung', () => redis.hang()],
  ])('work without an error when Redis is %s', async (_how, strike) => {
    await using other = await open(SHORT_MS)
    await using another = await open(SHORT_MS)
    await ask(other)
    await strike()

    for (const replica of [other, another, other, another]) {
      const { data, errors } = await ask(replica)
      expect(errors).toBeUndefined()
      expect(data?.invoices?.nodes).toHaveLength(5)
    }
  })

  it('start and work without Redis', async () => {
    await redis.kill()
    await using late = await open(SHORT_MS)

    expect((await ask(late)).errors).toBeUndefined()
  })
})
