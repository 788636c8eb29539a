import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { FailOpenStore } from './fail-open-store.js'

/** How long a replica uses what it has read before it reads again, and a write waits for the others. */
export const LEASE_MS = 100
/** Before the first write. */
const NONE = ''
const UUID = /^[0-9a-f-]{36}$/

/** What the generation of cached values is held in. */
export interface SharedGenerationOptions {
  readonly store: Pick<FailOpenStore, 'tryGet' | 'set'>
  /** The key in the store. */
  readonly key: string
  /** Called when the generation has changed: what is cached may be older than a write. */
  readonly onChange: () => void
}

/**
 * The generation of cached values that replicas share, by which a write on one replica is known to the others. Every replica reads it
 * again once its lease has ended; a replica that has written starts a new one, and waits for the lease of the others, before it tells its
 * caller. So no read that begins after that shows what was cached before the write.
 *
 * While the store fails a replica cannot know, and shows older values until their TTL has ended. Times are those of the monotonic clock.
 */
export class SharedGeneration {
  private known = NONE
  private isKnown = false
  private readAt = Number.NEGATIVE_INFINITY
  private reading: Promise<void> | null = null
  /** Counts the generations that this replica has started: what was read meanwhile is older. */
  private started = 0
  private isUnsaved = false

  constructor(private readonly options: SharedGenerationOptions) {}

  /** Part of the keys of values in the store: a UUID; '' before the first write. */
  get value(): string {
    return this.known
  }

  /** True when it was read, and the store has not failed since: values in the store are of this generation. */
  get isRead(): boolean {
    return this.isKnown
  }

  /** True while no other replica can have told its caller of a write that this one does not know of. */
  get isCurrent(): boolean {
    return performance.now() - this.readAt < LEASE_MS
  }

  /** Reads the generation, unless it is current. */
  async refresh(): Promise<void> {
    if (this.isCurrent) return
    this.reading ??= this.read().finally(() => {
      this.reading = null
    })
    await this.reading
  }

  /** Starts a new generation. Resolves once every replica that reaches the store knows of it. */
  async renew(): Promise<void> {
    this.started++
    this.adopt(randomUUID())
    if (await this.save()) await leasesEnd()
  }

  private async read(): Promise<void> {
    const { store, key } = this.options
    const [begun, started] = [performance.now(), this.started]
    if (this.isUnsaved) await this.save()
    const found = await store.tryGet<unknown>(key)
    this.readAt = begun
    this.isKnown = found !== null
    if (found === null || started !== this.started) return
    const { value } = found
    if (typeof value === 'string' && UUID.test(value)) this.adopt(value)
    else if (value !== undefined || this.known !== NONE) {
      // The store has lost it: entries of any earlier time could be there.
      this.adopt(randomUUID())
      await this.save()
    }
  }

  /** False when the store fails: then the next read tries again. */
  private async save(): Promise<boolean> {
    const isSaved = await this.options.store.set(this.options.key, this.known)
    this.isUnsaved = !isSaved
    return isSaved
  }

  private adopt(value: string): void {
    if (value === this.known) return
    this.known = value
    this.options.onChange()
  }
}

/** Waits for the length of a lease. A timer counts whole milliseconds, so it can end a part of one too early. */
async function leasesEnd(): Promise<void> {
  const end = performance.now() + LEASE_MS
  for (let rest = LEASE_MS; rest > 0; rest = end - performance.now()) await setTimeout(Math.ceil(rest))
}
