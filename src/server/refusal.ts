import type { FastifyReply } from 'fastify'
import { ErrorCode } from '../graph/error-code.js'

/** Refuses a request that never became GraphQL, in the form of a GraphQL error. */
export function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.status(status).send({ errors: [{ message, extensions: { code, requestId: reply.request.id } }] })
}

/** What a caller learns of a fault of ours. */
export function refuseForFault(reply: FastifyReply): FastifyReply {
  return refuse(reply, 500, ErrorCode.INTERNAL_SERVER_ERROR, 'Something went wrong inside the gateway.')
}
