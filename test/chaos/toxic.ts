/** What a proxy does to the bytes that an upstream returns. Only one applies at a time. */
export type Toxic =
  /** Delays every chunk by `ms` and a random part of `jitterMs`. */
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs: number }
  /** Splits chunks into pieces of `bytes`, with a pause after each. */
  | { readonly kind: 'slice'; readonly bytes: number; readonly pauseMs: number }
  /** Limits the bandwidth. */
  | { readonly kind: 'limit'; readonly bytesPerSecond: number }
  /** Resets the connection after this many bytes; 0 resets it when it is opened. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Ends the upstream's side after this many bytes, like a server that closes in the middle. */
  | { readonly kind: 'half-close'; readonly afterBytes: number }
  /** Accepts the request and never responds. */
  | { readonly kind: 'black-hole' }

/** How a chunk is forwarded: its parts, each after a pause in milliseconds, and what happens to the connection then. */
export interface Passage {
  readonly parts: readonly { readonly bytes: Buffer; readonly afterMs: number }[]
  readonly end: 'continue' | 'reset' | 'close'
}

/**
 * Returns how a chunk is forwarded.
 *
 * @param passed bytes of the connection forwarded before
 * @param random a number from 0 up to 1
 */
export function passOn(toxic: Toxic | null, chunk: Buffer, passed: number, random: () => number): Passage {
  switch (toxic?.kind) {
    case undefined:
      return { parts: [{ bytes: chunk, afterMs: 0 }], end: 'continue' }
    case 'latency':
      return { parts: [{ bytes: chunk, afterMs: toxic.ms + random() * toxic.jitterMs }], end: 'continue' }
    case 'slice':
      return { parts: inPieces(chunk, toxic.bytes, toxic.pauseMs), end: 'continue' }
    case 'limit':
      return { parts: [{ bytes: chunk, afterMs: (chunk.length / toxic.bytesPerSecond) * 1000 }], end: 'continue' }
    case 'reset':
    case 'half-close':
      return upTo(toxic.afterBytes - passed, chunk, toxic.kind === 'reset' ? 'reset' : 'close')
    case 'black-hole':
      return { parts: [], end: 'continue' }
  }
}

function inPieces(chunk: Buffer, size: number, afterMs: number): Passage['parts'] {
  const count = Math.ceil(chunk.length / size)
  return Array.from({ length: count }, (_, index) => ({
    bytes: chunk.subarray(index * size, (index + 1) * size),
    afterMs,
  }))
}

function upTo(left: number, chunk: Buffer, end: 'reset' | 'close'): Passage {
  if (chunk.length < left) return { parts: [{ bytes: chunk, afterMs: 0 }], end: 'continue' }
  return { parts: [{ bytes: chunk.subarray(0, Math.max(0, left)), afterMs: 0 }], end }
}
