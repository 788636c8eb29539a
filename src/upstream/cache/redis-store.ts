import { createRequire } from 'node:module'
import { Keyv } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { FailOpenStore } from './fail-open-store.js'

const CONNECT_MS = 1_000
const MAX_RECONNECT_MS = 2_000

const require = createRequire(import.meta.url)

/**
 * A Redis or Valkey that several gateways share, as the second level of their caches.
 *
 * @param url `redis://…` or `rediss://…`; it may hold a password
 * @param patienceMs how long it is waited for
 */
export function openSharedStore(url: string, clock: Clock, timeoutMs?: number): Keyv<string> {
  // A fifth of all the modules of the program: whoever shares no store does not wait for them at each start.
  const { default: KeyvRedis } = require('@keyv/redis') as typeof import('@keyv/redis')
  /** One that ends at once: if it hangs, waiting for its last answers would keep the gateway from ending. */
  class Redis extends KeyvRedis<string> {
    override disconnect(): Promise<void> {
      return super.disconnect(true)
    }
  }
  const redis = new Redis(
    {
      url,
      // What cannot be sent now is not worth sending later.
      disableOfflineQueue: true,
      socket: {
        connectTimeout: CONNECT_MS,
        reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, MAX_RECONNECT_MS),
      },
    },
    { throwOnErrors: true, throwOnConnectError: true, noNamespaceAffectsAll: false },
  )
  // The first who asks would wait for the connection as well, and give up.
  redis.getClient().catch(() => {})
  const keyv = new Keyv<string>({ store: new FailOpenStore(redis, clock, timeoutMs), useKeyPrefix: false })
  keyv.on('error', () => {})
  return keyv
}
