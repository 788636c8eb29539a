import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ANONYMOUS } from '../../access/anonymous.js'
import type { OperationCache } from './operation-cache.js'
import { rawKey } from './operation-key.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Identifies a repeated request by its bytes; null for a request that is not to be recognised. */
    rawKey: string | null
    /** Parses the body of a request that was recognised. */
    parseBody: (() => Promise<unknown>) | null
  }
}

/** Larger bodies are rarely repeated, and their hash would take longer. */
const MAX_BYTES = 16_384

/** Leaves the JSON bodies of repeated requests unparsed, where the operation cache has their response. */
export function recogniseRepeats(http: FastifyInstance, cache: OperationCache): void {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.byteLength <= MAX_BYTES) request.rawKey = rawKey(request.principal ?? ANONYMOUS, request.raw, body)
    if (request.rawKey === null || !cache.hasRepeat(request.rawKey)) {
      parse(request, body.toString(), done)
      return
    }
    request.parseBody = () => parseLater(parse, request, body)
    done(null, undefined)
  })
}

type JsonParser = ReturnType<FastifyInstance['getDefaultJsonParser']>

function parseLater(parse: JsonParser, request: FastifyRequest, body: Buffer): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  parse(request, body.toString(), (error, value) => (error ? reject(error) : resolve(value)))
  return promise
}
