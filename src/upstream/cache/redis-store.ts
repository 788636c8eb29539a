import { createRequire } from 'node:module'
import { Keyv } from 'keyv'
import type { Clock } from '../../request/clock.js'
import type { ResponseStore } from './cache-settings.js'
import { FailOpenStore } from './fail-open-store.js'

const CONNECT_MS = 1_000
const MAX_RECONNECT_MS = 2_000

const require = createRequire(import.meta.url)

/**
 * A fail-open store in a Redis or Valkey that several gateways share.
 *
 * @param url `redis://…` or `rediss://…`; it may hold a password
 * @param timeoutMs how long to wait for a response; 50 by default
 */
export function openRedisStore(url: string, clock: Clock, timeoutMs?: number): ResponseStore {
  // A fifth of all the modules of the program: loaded only where a store is shared, to start faster.
  const { default: KeyvRedis } = require('@keyv/redis') as typeof import('@keyv/redis')
  /** Disconnects at once: waiting for the last responses of a hung Redis would keep the gateway from ending. */
  class Redis extends KeyvRedis<string> {
    override disconnect(): Promise<void> {
      return super.disconnect(true)
    }
  }
  const redis = new Redis(
    {
      url,
      // A command that cannot be sent now is too late afterwards.
      disableOfflineQueue: true,
      socket: {
        connectTimeout: CONNECT_MS,
        reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, MAX_RECONNECT_MS),
      },
    },
    { throwOnErrors: true, throwOnConnectError: true, noNamespaceAffectsAll: false },
  )
  // Connect now: the first read would time out while connecting.
  redis.getClient().catch(() => {})
  const failOpen = new FailOpenStore(redis, clock, timeoutMs)
  const entries = new Keyv<string>({ store: failOpen, useKeyPrefix: false })
  entries.on('error', () => {})
  return { entries, generations: failOpen }
}
