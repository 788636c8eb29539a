import type { FastifyReply } from 'fastify'
import { ErrorCode } from '../../graph/errors/error-code.js'

/**
 * Refuses a request that never became GraphQL, in the form of a GraphQL error.
 *
 * @param details what the error's extensions have besides its code
 */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  const extensions = { code, ...details, requestId: reply.request.id }
  return reply.status(status).send({ errors: [{ message, extensions }] })
}

/** What a caller learns of a fault of ours. */
export function refuseForFault(reply: FastifyReply): FastifyReply {
  return refuse(reply, 500, ErrorCode.INTERNAL_SERVER_ERROR, 'Something went wrong inside the gateway.')
}
