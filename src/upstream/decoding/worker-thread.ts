import { Worker, type WorkerOptions } from 'node:worker_threads'
import { UpstreamFormatError } from '../http/errors.js'
import { Unpacking } from './transferable.js'
import type { DecodeJob, FromDecoder, ToDecoder } from './worker.js'

/** How a thread is started. */
export interface DecodeThreadOptions {
  readonly entry: URL
  /** Arguments of Node's own; those of the process unless given. */
  readonly execArgv?: readonly string[]
  /** A body that takes longer is refused. */
  readonly limitMs: number
}

/** No thread could be started. */
export class ThreadStartError extends Error {
  override readonly name = 'ThreadStartError'
}

const MAX_HEAP_MB = 512

/**
 * One thread that decodes one body at a time: started when it is first needed, started anew when it died, and no reason for
 * the process to stay.
 */
export class DecodeWorkerThread implements AsyncDisposable {
  private worker: Promise<Worker> | null = null
  private queue: Promise<unknown> = Promise.resolve()
  private waiting = 0

  constructor(private readonly options: DecodeThreadOptions) {}

  /** Bodies that are not done. */
  get load(): number {
    return this.waiting
  }

  /**
   * The decoded body.
   *
   * @throws UpstreamFormatError as the decoder does, and when a body kills the thread or takes too long
   * @throws ThreadStartError
   */
  async decode(job: DecodeJob): Promise<unknown> {
    this.waiting++
    const result = this.queue.then(() => this.run(job))
    this.queue = result.catch(() => {})
    try {
      return await result
    } finally {
      this.waiting--
    }
  }

  /** Ends the thread when all its bodies are done. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.queue
    const worker = await this.worker?.catch(() => null)
    await worker?.terminate()
  }

  private async run(job: DecodeJob): Promise<unknown> {
    this.worker ??= this.start()
    const worker = await this.worker
    // Idle, the thread holds nobody; at work it must, or a program that waits for nothing else would end.
    worker.ref()
    try {
      return await this.exchange(worker, job)
    } finally {
      worker.unref()
    }
  }

  private exchange(worker: Worker, job: DecodeJob): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const refuse = (problem: string): void => reject(new UpstreamFormatError(problem, job.asked))
    const giveUp = (): void => refuse('it broke the decoder')
    const unpacking = new Unpacking()
    const receive = (answer: FromDecoder): void => {
      if (typeof answer === 'string') giveUp()
      else if ('problem' in answer) refuse(answer.problem)
      else {
        unpacking.add(answer)
        if (answer.isLast) resolve(unpacking.value())
        else send(worker, 'next')
      }
    }
    const timer = setTimeout(() => {
      refuse('it takes too long to decode')
      this.worker = null
      void worker.terminate()
    }, this.options.limitMs)
    worker.on('message', receive).once('exit', giveUp)
    send(worker, job)
    return promise.finally(() => {
      clearTimeout(timer)
      worker.off('message', receive).off('exit', giveUp)
    })
  }

  private start(): Promise<Worker> {
    const { entry, execArgv } = this.options
    const limits: WorkerOptions = { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } }
    const worker = new Worker(entry, execArgv === undefined ? limits : { ...limits, execArgv: [...execArgv] })
    const { promise, resolve, reject } = Promise.withResolvers<Worker>()
    worker.once('message', () => resolve(worker))
    // Without a listener the error would be the whole process's; what follows it is an exit.
    worker.on('error', error => reject(new ThreadStartError('no thread for decoding', { cause: error })))
    worker.once('exit', () => {
      if (this.worker === promise) this.worker = null
      reject(new ThreadStartError('no thread for decoding'))
    })
    return promise
  }
}

function send(worker: Worker, message: ToDecoder): void {
  worker.postMessage(message)
}
