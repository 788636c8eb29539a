import { parentPort } from 'node:worker_threads'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { type DecoderName, decoders } from './decoders.js'
import { type Chunk, toChunks } from './transferable.js'

/** One body to decode. */
export interface DecodeJob {
  readonly decoder: DecoderName
  readonly body: Uint8Array
  readonly request: UpstreamRequest
}

/** A job, or a request for the next chunk of the job before. */
export type WorkerMessage = DecodeJob | 'next'

/** `ready` once, at the start. Then one reply per message: a chunk, what is wrong with the body, or that the decoder failed. */
export type WorkerReply = 'ready' | Chunk | { readonly problem: string } | 'failed'

/** Chunks are sent one by one on request, so that the main thread never reads two in one turn of its event loop. */
let chunks: Iterator<Chunk> | null = null

parentPort?.on('message', (message: WorkerMessage) => {
  const reply = replyTo(message)
  parentPort?.postMessage(reply, typeof reply === 'object' && 'steps' in reply ? [reply.steps.buffer] : [])
})
parentPort?.postMessage('ready' satisfies WorkerReply)

function replyTo(message: WorkerMessage): WorkerReply {
  try {
    if (message !== 'next') chunks = toChunks(decoders[message.decoder](message.body, message.request))
    const chunk = chunks?.next()
    return chunk?.done === false ? chunk.value : 'failed'
  } catch (error) {
    if (message === 'next' || !(error instanceof UpstreamFormatError)) return 'failed'
    return { problem: problemOf(error, message.request) }
  }
}

/** The error's own part of its message: the main thread builds the rest again. */
function problemOf(error: UpstreamFormatError, request: UpstreamRequest): string {
  const [before = '', after = ''] = new UpstreamFormatError('\0', request).message.split('\0')
  return error.message.slice(before.length, error.message.length - after.length)
}
