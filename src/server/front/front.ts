import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { Limits } from '../../access/limit.js'
import type { Gauge } from '../admission/gauge.js'
import type { KnownCallers, Lesson } from '../admission/known-callers.js'
import type { CorsSettings } from '../http/origin-grant.js'
import type { HttpBounds } from '../limits/http-limits.js'
import type { FromFront, FrontData, ToFront } from './front-worker.js'
import type { InnerAddress } from './inner-address.js'

/** What the thread that listens is made of. */
export interface FrontOptions {
  readonly host: string
  readonly port: number
  readonly inner: InnerAddress
  readonly gauge: Gauge
  readonly known: KnownCallers
  readonly cors: CorsSettings | null
  readonly bounds: HttpBounds & { readonly limits: Limits }
  readonly logger: Logger
  /** Arguments of Node's own for the thread; those of the process unless given. */
  readonly execArgv?: readonly string[]
}

/** The entry lies beside this file, under the same extension: `.js` when built, `.ts` from the sources. */
const ENTRY = new URL(`./front-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url)

/**
 * The thread that listens. It turns away whom there is no place for while this one is at work, or collects its garbage, and leaves it
 * nothing to do for them. Without it there is nobody who could reach the gateway, so its end is the process's.
 */
export class Front {
  private closing: Promise<void> | null = null

  private constructor(
    private readonly worker: Worker,
    /** Where it listens: `http://127.0.0.1:4000`. */
    readonly address: string,
  ) {
    worker.once('exit', () => {
      if (!this.closing) throw new Error('the thread that listens has ended')
    })
  }

  /** Starts it. @throws as the system does where it cannot listen */
  static async start({ bounds, logger, gauge, known, execArgv, ...options }: FrontOptions): Promise<Front> {
    const { limits, watch } = bounds
    const data: FrontData = {
      ...options,
      limits,
      isEnforcing: watch.isEnforcing,
      gauge: gauge.memory,
      secret: known.secret,
    }
    const worker = new Worker(ENTRY, { workerData: data, ...(execArgv && { execArgv: [...execArgv] }) })
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    worker.on('message', (message: FromFront) => {
      if (message.kind === 'listening') resolve(message.address)
      else if (message.kind === 'deaf') reject(Object.assign(new Error(message.message), { code: message.code }))
      else if (message.kind === 'exceeded') watch.sees(message.limit, { allowed: message.allowed, measured: null })
      else if (message.kind === 'fault') logger.error({ error: message.name, code: message.code }, 'unexpected error')
    })
    try {
      return new Front(worker, await promise)
    } catch (error) {
      await worker.terminate()
      throw error
    }
  }

  /** Passes on what a credential has proved. */
  teach(lesson: Lesson): void {
    this.tell(lesson)
  }

  /** Answers whoever has come, and ends it. */
  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async end(): Promise<void> {
    const exited = once(this.worker, 'exit')
    this.tell('close')
    await exited
  }

  private tell(message: ToFront): void {
    this.worker.postMessage(message)
  }
}
