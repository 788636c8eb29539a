import { parentPort } from 'node:worker_threads'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { type DecoderName, decoders } from './decoders.js'
import { type Parcel, pack } from './transferable.js'

/** One body to decode. */
export interface DecodeJob {
  readonly decoder: DecoderName
  readonly body: Uint8Array
  readonly asked: UpstreamRequest
}

/** `next` asks for the next parcel of the job before. */
export type ToDecoder = DecodeJob | 'next'

/** `ready` once, first of all. Then one answer a message: a parcel, what is wrong with the body, or that the decoder failed. */
export type FromDecoder = 'ready' | Parcel | { readonly problem: string } | 'failed'

/** Where threads start. Parcels go out one by one as they are asked for, so that the receiver is never given two in one turn. */
let parcels: Iterator<Parcel> | null = null

parentPort?.on('message', (message: ToDecoder) => {
  const answer = answerTo(message)
  parentPort?.postMessage(answer, typeof answer === 'object' && 'steps' in answer ? [answer.steps.buffer] : [])
})
parentPort?.postMessage('ready' satisfies FromDecoder)

function answerTo(message: ToDecoder): FromDecoder {
  try {
    if (message !== 'next') parcels = pack(decoders[message.decoder](message.body, message.asked))
    const parcel = parcels?.next()
    return parcel?.done === false ? parcel.value : 'failed'
  } catch (error) {
    if (message === 'next' || !(error instanceof UpstreamFormatError)) return 'failed'
    return { problem: problemOf(error, message.asked) }
  }
}

/** The error's own part of its message: the rest is written anew on the other side. */
function problemOf(error: UpstreamFormatError, asked: UpstreamRequest): string {
  const [before = '', behind = ''] = new UpstreamFormatError('\0', asked).message.split('\0')
  return error.message.slice(before.length, error.message.length - behind.length)
}
