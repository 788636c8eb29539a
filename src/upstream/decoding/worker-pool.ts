import type { UpstreamRequest } from '../http/errors.js'
import { type Decoded, type DecoderName, decoders } from './decoders.js'
import { DecodeThread, type DecodeThreadOptions, ThreadStartError } from './worker-thread.js'

/** Larger bodies go to a worker thread. Smaller ones take less time to decode than to send. */
const MAX_INLINE_JSON_BYTES = 262_144
/** XML takes several times as long per byte as JSON: about 20 ms for a page of this size. */
const MAX_INLINE_XML_BYTES = 65_536

/** The largest body, in bytes, that the decoder of that name reads on the main thread. */
export function maxInlineBytes(name: DecoderName): number {
  return name.startsWith('threescale') ? MAX_INLINE_XML_BYTES : MAX_INLINE_JSON_BYTES
}

const THREADS = 2

/** As long as a request may take. */
const MAX_DECODE_MS = 30_000

/** The worker's entry is beside this file, with the same extension: `.js` when built, `.ts` from the sources. */
const ENTRY = new URL(`./worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url)

/** Worker pool that decodes large bodies. Threads start when first needed. */
export class DecodePool implements AsyncDisposable {
  private readonly threads: readonly DecodeThread[]
  private canStartThreads = true

  constructor(options: Partial<DecodeThreadOptions> = {}) {
    const complete = { entry: ENTRY, maxDecodeMs: MAX_DECODE_MS, ...options }
    this.threads = Array.from({ length: THREADS }, () => new DecodeThread(complete))
  }

  /**
   * The decoded body. Small bodies are decoded synchronously, and all bodies are once no thread could be started.
   *
   * @throws UpstreamFormatError
   */
  decode<N extends DecoderName>(name: N, body: Uint8Array, request: UpstreamRequest): Decoded<N> | Promise<Decoded<N>> {
    if (body.byteLength <= maxInlineBytes(name) || !this.canStartThreads) return decodeInline(name, body, request)
    return this.decodeOnThread(name, body, request)
  }

  /** Stops the threads after the bodies they hold are decoded. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.threads.map(thread => thread[Symbol.asyncDispose]()))
  }

  private async decodeOnThread<N extends DecoderName>(
    name: N,
    body: Uint8Array,
    request: UpstreamRequest,
  ): Promise<Decoded<N>> {
    const thread = this.threads.reduce((least, other) => (other.load < least.load ? other : least))
    try {
      return (await thread.decode({ decoder: name, body, request })) as Decoded<N>
    } catch (error) {
      if (!(error instanceof ThreadStartError)) throw error
      this.canStartThreads = false
      return decodeInline(name, body, request)
    }
  }
}

function decodeInline<N extends DecoderName>(name: N, body: Uint8Array, request: UpstreamRequest): Decoded<N> {
  return decoders[name](body, request) as Decoded<N>
}
