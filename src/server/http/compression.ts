import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/** A response that fits in one packet gains nothing. */
const MIN_BYTES = 1_400

/** A quarter of a millisecond's work. Larger responses are compressed in zlib's own threads. */
const MAX_INLINE_BYTES = 32_768

/**
 * Compresses the responses of the routes that are added later, for clients that accept it.
 *
 * Request bodies are never inflated: a small one could exceed the body limit when inflated.
 */
export async function compressAnswers(http: FastifyInstance): Promise<void> {
  await http.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: MIN_BYTES,
    syncThreshold: MAX_INLINE_BYTES,
    globalDecompression: false,
  })
}
