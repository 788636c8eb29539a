import { createClient } from '@keyv/redis'
import { startRedis, type TestRedis } from '../redis.js'
import type { Evidence } from './evidence.js'
import type { Secret } from './secret.js'
import { makeThreescaleToken } from './secrets.js'

/** A Redis with a password, and everything stored in it. */
export class WatchedStore implements AsyncDisposable {
  /** Keys and values. */
  readonly held: Evidence[] = []

  private constructor(
    private readonly redis: TestRedis,
    readonly password: Secret,
  ) {}

  /** Starts a Redis with a random password. */
  static async start(): Promise<WatchedStore> {
    const { text } = makeThreescaleToken()
    return new WatchedStore(await startRedis(text), { name: "the store's password", text })
  }

  /** URL with the password. Secret. */
  get url(): string {
    return this.redis.url
  }

  /** Records all keys and values. @returns the kinds of responses among them */
  async dump(): Promise<ReadonlySet<string>> {
    const client = await createClient({ url: this.url }).connect()
    const keys = (await client.keys('*')).map(String)
    for (const key of keys) {
      this.held.push({ where: 'a key in the store', text: key })
      this.held.push({ where: 'a value in the store', text: String(await client.get(key)) })
    }
    client.destroy()
    return new Set(keys.map(key => key.split(':')[1] ?? ''))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.redis[Symbol.asyncDispose]())
  }
}
