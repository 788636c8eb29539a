import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import type { LimitPolicy } from '../limits/limit-policy.js'
import { refuse } from './refusal.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes of the body that have arrived. */
    bodyBytes: number
  }
}

/** The time that any body may take. */
const BODY_GRACE_MS = 5_000
/** The slowest body beyond that. */
const MIN_BYTES_PER_S = 1_024
/** The rate is checked no more often. */
const CHECK_MS = 1_000
/** The longest pause in which a client reads nothing of a response that it has not received in full. */
const WRITE_TIMEOUT_MS = 15_000
/** Bytes of responses that clients have not received yet. Beyond, the oldest responses are given up. */
const MAX_UNSENT_BYTES = 134_217_728

/** Refuses bodies that arrive too slowly, and disconnects clients that do not read their response. */
export function limitSlowClients(http: FastifyInstance, policy: LimitPolicy, logger: Logger): void {
  const disconnect = (response: ServerResponse, requestId: string): void => {
    logger.warn({ requestId }, 'a client does not read its response: disconnected')
    response.destroy()
  }
  const unsent = new UnsentResponses(disconnect)
  http.decorateRequest('bodyBytes', 0)
  http.addHook('preParsing', (request, reply, _payload, done) => {
    if (request.method === 'POST') limitBodyTime(request, reply, policy)
    done()
  })
  http.addHook('onSend', ({ id }, { raw }, payload, done) => {
    // Node restarts the time whenever the client has read something, and ends it with the response.
    raw.setTimeout(WRITE_TIMEOUT_MS, () => disconnect(raw, id))
    if (typeof payload === 'string' || Buffer.isBuffer(payload))
      unsent.add({ response: raw, id, bytes: payload.length })
    done(null, payload)
  })
}

/** Refuses the request when its body takes longer than the grace and a second for each KiB that has arrived. */
function limitBodyTime(request: FastifyRequest, reply: FastifyReply, policy: LimitPolicy): void {
  const { raw } = request
  const startedAt = performance.now()
  raw.on('data', (chunk: Buffer) => {
    request.bodyBytes += chunk.length
  })
  const check = (): void => {
    const allowedMs = BODY_GRACE_MS + (1_000 * request.bodyBytes) / MIN_BYTES_PER_S
    const leftMs = startedAt + allowedMs - performance.now()
    if (leftMs > 0) timer = setTimeout(check, Math.max(leftMs, CHECK_MS))
    else if (policy.refuses('LIMIT_REQUEST_MS', { requestId: request.id })) refuseSlowBody(reply)
  }
  let timer = setTimeout(check, BODY_GRACE_MS)
  const stop = (): void => clearTimeout(timer)
  raw.once('end', stop).once('close', stop)
}

function refuseSlowBody(reply: FastifyReply): void {
  if (reply.sent) return
  const message = `The request body arrives too slowly. Send at least ${MIN_BYTES_PER_S} bytes per second.`
  refuse(reply.header('connection', 'close'), 408, ErrorCode.BAD_REQUEST, message)
}

/** A response that its client has not received in full. */
interface Unsent {
  readonly response: ServerResponse
  /** The request's id. */
  readonly id: string
  readonly bytes: number
}

/** Bounds the memory of responses that clients do not read. A client that reads has its response sooner than the oldest ones. */
class UnsentResponses {
  private readonly all = new Set<Unsent>()
  private bytes = 0

  constructor(private readonly disconnect: (response: ServerResponse, requestId: string) => void) {}

  add(added: Unsent): void {
    this.all.add(added)
    this.bytes += added.bytes
    added.response.once('close', () => this.remove(added))
    for (const oldest of this.all) {
      if (this.bytes <= MAX_UNSENT_BYTES || oldest === added) return
      this.remove(oldest)
      this.disconnect(oldest.response, oldest.id)
    }
  }

  private remove(one: Unsent): void {
    if (this.all.delete(one)) this.bytes -= one.bytes
  }
}
