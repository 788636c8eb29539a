import type { UpstreamRequest } from '../http/errors.js'
import { type Decoded, type DecoderName, decoders } from './decoders.js'
import { type DecodeThreadOptions, DecodeWorkerThread, ThreadStartError } from './worker-thread.js'

/** Bodies over these sizes are decoded by another thread: smaller ones are done sooner than they are sent there. */
const OFF_THREAD_JSON_BYTES = 262_144
/** A byte of XML takes several times as long as one of JSON: a page of this size some 20 ms. */
const OFF_THREAD_XML_BYTES = 65_536

/** The largest body that the decoder of that name reads on the main thread. */
export function offThreadBytes(decoder: DecoderName): number {
  return decoder.startsWith('threescale') ? OFF_THREAD_XML_BYTES : OFF_THREAD_JSON_BYTES
}

const THREADS = 2

/** As long as a request may take. */
const LIMIT_MS = 30_000

/** The entry lies beside this file, under the same extension: `.js` when built, `.ts` from the sources. */
const ENTRY = new URL(`./decode-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url)

/** Decodes large bodies on threads of its own. */
export class DecodeWorkerPool implements AsyncDisposable {
  private readonly threads: readonly DecodeWorkerThread[]
  private hasNone = false

  constructor(options: Partial<DecodeThreadOptions> = {}) {
    const all = { entry: ENTRY, limitMs: LIMIT_MS, ...options }
    this.threads = Array.from({ length: THREADS }, () => new DecodeWorkerThread(all))
  }

  /**
   * Decodes at once what is small, or where no thread can be started.
   *
   * @throws UpstreamFormatError
   */
  decode<N extends DecoderName>(
    decoder: N,
    body: Uint8Array,
    asked: UpstreamRequest,
  ): Decoded<N> | Promise<Decoded<N>> {
    if (body.byteLength <= offThreadBytes(decoder) || this.hasNone) return decoders[decoder](body, asked) as Decoded<N>
    return this.decodeElsewhere(decoder, body, asked)
  }

  /** Whether large bodies go to a thread: false once none could be started. */
  get isThreaded(): boolean {
    return !this.hasNone
  }

  /** Ends the threads when they are done. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.threads.map(thread => thread[Symbol.asyncDispose]()))
  }

  private async decodeElsewhere<N extends DecoderName>(
    decoder: N,
    body: Uint8Array,
    asked: UpstreamRequest,
  ): Promise<Decoded<N>> {
    const thread = this.threads.reduce((best, other) => (other.load < best.load ? other : best))
    try {
      return (await thread.decode({ decoder, body, asked })) as Decoded<N>
    } catch (error) {
      if (!(error instanceof ThreadStartError)) throw error
      this.hasNone = true
      return decoders[decoder](body, asked) as Decoded<N>
    }
  }
}

let shared: DecodeWorkerPool | null = null
let holders = 0

/** The decoder of that name, on the threads that the whole process shares. */
export function decoding<N extends DecoderName>(decoder: N) {
  return (body: Uint8Array, asked: UpstreamRequest): Decoded<N> | Promise<Decoded<N>> => {
    shared ??= new DecodeWorkerPool()
    return shared.decode(decoder, body, asked)
  }
}

/** Keeps the shared threads until it is disposed of; the last holder to go ends them. */
export function holdDecoders(): AsyncDisposable {
  holders++
  let isHeld = true
  return {
    async [Symbol.asyncDispose]() {
      if (!isHeld) return
      isHeld = false
      if (--holders > 0) return
      const pool = shared
      shared = null
      await pool?.[Symbol.asyncDispose]()
    },
  }
}

export { DecodeWorkerPool as DecodePool }
