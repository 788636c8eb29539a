import { ANONYMOUS } from '../../access/anonymous.js'
import { ErrorCode } from '../../graph/errors/error-code.js'
import type { GraphqlHandler } from '../graphql/handler.js'
import { CLIENT_CLOSED_REQUEST, disconnectSignal } from '../http/disconnect.js'
import { refuse } from '../http/refusal.js'
import { type Admission, OverloadedError } from './admission.js'

/** Seconds, in the `Retry-After` header and in the error. */
const RETRY_AFTER = 1

/** The handler under admission control. A permit is taken when the body has been read, and held when the client disconnects. */
export function admit(admission: Admission, handler: GraphqlHandler): GraphqlHandler {
  return async (request, reply) => {
    const signal = disconnectSignal(reply)
    const caller = (request.principal ?? ANONYMOUS).id
    try {
      return await admission.execute({ caller, signal }, () => handler(request, reply))
    } catch (error) {
      if (error === signal.reason) return reply.status(CLIENT_CLOSED_REQUEST).send()
      if (!(error instanceof OverloadedError)) throw error
      return refuse(
        reply.header('retry-after', RETRY_AFTER),
        503,
        ErrorCode.OVERLOADED,
        `The gateway has more requests than it can answer. Retry after ${RETRY_AFTER} second.`,
        { retryable: true, retryAfter: RETRY_AFTER },
      )
    }
  }
}
