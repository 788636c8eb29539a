import KeyvRedis from '@keyv/redis'
import { Keyv } from 'keyv'
import type { Clock } from './clock.js'
import { PatientStore } from './patient-store.js'

const CONNECT_MS = 1_000
const MAX_RECONNECT_MS = 2_000

/**
 * A Redis or Valkey that several gateways share, as the second level of their caches.
 *
 * @param url `redis://…` or `rediss://…`; it may hold a password
 */
export function openSharedStore(url: string, clock: Clock): Keyv<string> {
  const redis = new KeyvRedis<string>(
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
  const keyv = new Keyv<string>({ store: new PatientStore(redis, clock), useKeyPrefix: false })
  keyv.on('error', () => {})
  return keyv
}
