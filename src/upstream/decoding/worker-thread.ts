import { Worker, type WorkerOptions } from 'node:worker_threads'
import { UpstreamFormatError } from '../http/errors.js'
import { ChunkReader } from './transferable.js'
import type { DecodeJob, WorkerReply } from './worker.js'

/** How a worker thread is started and bounded. */
export interface DecodeThreadOptions {
  readonly entry: URL
  /** Node.js arguments of the thread; those of the process unless given. */
  readonly execArgv?: readonly string[]
  /** A body that takes longer is refused, and its thread is stopped. */
  readonly maxDecodeMs: number
}

/** The worker thread could not be started. */
export class ThreadStartError extends Error {
  override readonly name = 'ThreadStartError'
}

const MAX_HEAP_MB = 512

/**
 * One worker thread that decodes one body at a time. It starts on first use, restarts after a crash, and does not keep an idle
 * process alive.
 */
export class DecodeThread implements AsyncDisposable {
  private worker: Promise<Worker> | null = null
  private queue: Promise<unknown> = Promise.resolve()
  private pending = 0

  constructor(private readonly options: DecodeThreadOptions) {}

  /** Number of bodies that are queued or being decoded. */
  get load(): number {
    return this.pending
  }

  /**
   * The decoded body.
   *
   * @throws UpstreamFormatError as the decoder does, and when a body crashes the thread or takes too long
   * @throws ThreadStartError
   */
  async decode(job: DecodeJob): Promise<unknown> {
    this.pending++
    const result = this.queue.then(() => this.run(job))
    this.queue = result.catch(() => {})
    try {
      return await result
    } finally {
      this.pending--
    }
  }

  /** Stops the thread after its queue is empty. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.queue
    const worker = await this.worker?.catch(() => null)
    await worker?.terminate()
  }

  private async run(job: DecodeJob): Promise<unknown> {
    this.worker ??= this.start()
    const worker = await this.worker
    // A process that waits only for this body must not exit before it is decoded.
    worker.ref()
    try {
      return await this.exchange(worker, job)
    } finally {
      worker.unref()
    }
  }

  private exchange(worker: Worker, job: DecodeJob): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const refuse = (problem: string): void => reject(new UpstreamFormatError(problem, job.request))
    const crashed = (): void => refuse('it crashed the decoder')
    const reader = new ChunkReader()
    const receive = (reply: WorkerReply): void => {
      if (typeof reply === 'string') crashed()
      else if ('problem' in reply) refuse(reply.problem)
      else {
        reader.add(reply)
        if (reply.isLast) resolve(reader.value())
        else worker.postMessage('next')
      }
    }
    const timer = setTimeout(() => {
      refuse('it takes too long to decode')
      this.worker = null
      void worker.terminate()
    }, this.options.maxDecodeMs)
    worker.on('message', receive).once('exit', crashed)
    worker.postMessage(job)
    return promise.finally(() => {
      clearTimeout(timer)
      worker.off('message', receive).off('exit', crashed)
    })
  }

  private start(): Promise<Worker> {
    const { entry, execArgv } = this.options
    const limits: WorkerOptions = { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } }
    const worker = new Worker(entry, execArgv === undefined ? limits : { ...limits, execArgv: [...execArgv] })
    const { promise, resolve, reject } = Promise.withResolvers<Worker>()
    worker.once('message', () => resolve(worker))
    // An unhandled 'error' event would end the process. An 'exit' event follows each error.
    worker.on('error', error => reject(new ThreadStartError('the decoder thread did not start', { cause: error })))
    worker.once('exit', () => {
      if (this.worker === promise) this.worker = null
      reject(new ThreadStartError('the decoder thread did not start'))
    })
    return promise
  }
}
