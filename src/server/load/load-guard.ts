import type { FastifyReply } from 'fastify'
import { ErrorCode } from '../../graph/error-code.js'
import type { Guard } from '../authentication/guard.js'
import type { GraphqlHandler } from '../graphql-handler.js'
import { refuse } from '../refusal.js'
import type { Admission } from './admission.js'
import { KnownCallers } from './known-callers.js'
import type { Place } from './place.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What it holds of those that are worked on at once; null where nothing is held down. */
    place: Place | null
  }
}

/** All whose credential has proved nothing yet: they take turns as one caller. No principal's id is empty. */
const STRANGERS = ''
const RETRY_AFTER_SECONDS = 1
const TOO_MUCH = 'The gateway is asked more at present than it can answer.'

/** Lets in whose turn it is, and only then looks at who he is. */
export function createLoadGuard(admission: Admission, guard: Guard): Guard {
  const known = new KnownCallers()
  return async (request, reply) => {
    const key = known.keyOf(request.headers)
    const place = admission.enter(known.nameOf(key) ?? STRANGERS)
    request.place = place
    reply.raw.once('close', () => place.closed())
    if (!(await place.admitted)) return turnAway(reply)
    const refused = await guard(request, reply)
    const { principal } = request
    known.learn(key, refused || !principal ? null : principal.id)
    if (refused || !principal) return refused
    return admission.rename(place, principal.id) ? undefined : turnAway(reply)
  }
}

/** Holds the request's place until its work is done, which may be after its caller has left. */
export function atWork(handler: GraphqlHandler): GraphqlHandler {
  return async (request, reply) => {
    request.place?.work()
    try {
      return await handler(request, reply)
    } finally {
      request.place?.end()
    }
  }
}

function turnAway(reply: FastifyReply): FastifyReply {
  return refuse(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, ErrorCode.OVERLOADED, TOO_MUCH, {
    retryable: true,
    retryAfter: RETRY_AFTER_SECONDS,
  })
}
