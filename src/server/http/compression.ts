import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/** What fits in one packet gains nothing. */
const MIN_BYTES = 1_400

/** A quarter of a millisecond's work; what is larger is left to zlib's own threads. */
const MAX_INLINE_BYTES = 32_768

/**
 * Compresses the answers of the routes that are added from now on, for those who accept it.
 *
 * Requests are never inflated: a small one could become a large one past the limit of its body.
 */
export async function compressAnswers(http: FastifyInstance): Promise<void> {
  await http.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: MIN_BYTES,
    syncThreshold: MAX_INLINE_BYTES,
    globalDecompression: false,
  })
}
