/** What a proxy does to the bytes that an upstream sends back. Several at once do not mix. */
export type Toxic =
  /** Every chunk comes later, by the milliseconds and up to as many again by chance. */
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs: number }
  /** In pieces of so many bytes, with a pause after each. */
  | { readonly kind: 'slice'; readonly bytes: number; readonly pauseMs: number }
  /** So many bytes in a second. */
  | { readonly kind: 'limit'; readonly bytesPerSecond: number }
  /** The connection is reset after so many bytes; 0 resets it when it is opened. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The upstream's side is ended after so many bytes, as by a server that closes in the middle. */
  | { readonly kind: 'half-close'; readonly afterBytes: number }
  /** What is sent is taken, and nothing ever comes back. */
  | { readonly kind: 'black-hole' }

/** How a proxy passes a chunk on: the parts, each after its pause in milliseconds, and what becomes of the connection then. */
export interface Passage {
  readonly parts: readonly { readonly bytes: Buffer; readonly afterMs: number }[]
  readonly end: 'go on' | 'reset' | 'close'
}

/**
 * What becomes of a chunk.
 *
 * @param passed bytes of the connection that have been passed on already
 * @param random a number from 0 up to 1
 */
export function passOn(toxic: Toxic | null, chunk: Buffer, passed: number, random: () => number): Passage {
  switch (toxic?.kind) {
    case undefined:
      return { parts: [{ bytes: chunk, afterMs: 0 }], end: 'go on' }
    case 'latency':
      return { parts: [{ bytes: chunk, afterMs: toxic.ms + random() * toxic.jitterMs }], end: 'go on' }
    case 'slice':
      return { parts: inPieces(chunk, toxic.bytes, toxic.pauseMs), end: 'go on' }
    case 'limit':
      return { parts: [{ bytes: chunk, afterMs: (chunk.length / toxic.bytesPerSecond) * 1000 }], end: 'go on' }
    case 'reset':
    case 'half-close':
      return upTo(toxic.afterBytes - passed, chunk, toxic.kind === 'reset' ? 'reset' : 'close')
    case 'black-hole':
      return { parts: [], end: 'go on' }
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
  if (chunk.length < left) return { parts: [{ bytes: chunk, afterMs: 0 }], end: 'go on' }
  return { parts: [{ bytes: chunk.subarray(0, Math.max(0, left)), afterMs: 0 }], end }
}
