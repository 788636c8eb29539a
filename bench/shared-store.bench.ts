import { setTimeout } from 'node:timers/promises'
import { createResponseCache, type ResponseStore } from '../src/upstream/cache/cache-settings.js'
import { openRedisStore } from '../src/upstream/cache/redis-store.js'
import { DEFAULT_TTLS } from '../src/upstream/cache/ttl.js'
import { startProxy } from '../test/chaos/proxy.js'
import { startRedis, type TestRedis } from '../test/redis.js'
import { quantile } from './quantile.js'

// The latency of a response-cache miss with a Redis that is healthy, slow, hung or killed, and with none: in the first second and after it.
// In turns. Needs redis-server. Start: `npm run bench:store`.

const ROUNDS = 3
const SECONDS = 4
const WIDTH = 10
const BODY = Buffer.from('x'.repeat(4_096))
const clock = () => new Date()

interface Timing {
  readonly at: number
  readonly ms: number
}

async function read(store: ResponseStore | null, errors: { count: number }): Promise<readonly Timing[]> {
  const cache = createResponseCache('bench', 'secret', { ttls: DEFAULT_TTLS, store }, clock)
  const timings: Timing[] = []
  const start = performance.now()
  const loop = async (number: number): Promise<void> => {
    for (let count = 0; performance.now() - start < SECONDS * 1_000; count++) {
      const at = performance.now()
      const request = {
        kind: 'threescale-invoices',
        key: `${start} ${number} ${count}`,
        fetch: async () => BODY,
        decode: (body: Uint8Array) => ({ bytes: body.byteLength }),
      } as const
      await cache.get(request).catch(() => errors.count++)
      timings.push({ at: at - start, ms: performance.now() - at })
      await setTimeout(2)
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, (_, number) => loop(number)))
  return timings
}

async function measure(injectFault: ((redis: TestRedis) => unknown) | null, errors: { count: number }) {
  if (injectFault === null) return read(null, errors)
  await using redis = await startRedis()
  await using proxy = await startProxy(redis.url, () => 0)
  if (injectFault === slow) proxy.toxic = { kind: 'latency', ms: 30, jitterMs: 0 }
  const store = openRedisStore(proxy.origin.replace('http', 'redis'), clock)
  await setTimeout(500)
  await injectFault(redis)
  const timings = await read(store, errors)
  await store.entries.disconnect()
  redis.wake()
  return timings
}

/** Every answer of Redis is delayed by 30 ms, in the proxy. */
function slow(): void {}

const FAULTS: readonly (readonly [string, ((redis: TestRedis) => unknown) | null])[] = [
  ['no store', null],
  ['healthy', () => {}],
  ['slow', slow],
  ['hung', redis => redis.hang()],
  ['killed', redis => redis.kill()],
]
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, injectFault] of FAULTS) {
    const errors = { count: 0 }
    const timings = await measure(injectFault, errors)
    const p99 = (some: readonly Timing[]) =>
      quantile(
        some.map(({ ms }) => ms),
        0.99,
      ).toFixed(2)
    const first = timings.filter(({ at }) => at < 1_000)
    const later = timings.filter(({ at }) => at >= 1_000)
    process.stdout.write(
      `${name.padEnd(9)} ${timings.length} reads, ${errors.count} errors, p99 in the first second ${p99(first)} ms, after it ${p99(later)} ms\n`,
    )
  }
}
