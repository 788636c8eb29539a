import type { Guard } from '../authentication/guard.js'
import type { GraphqlHandler } from '../graphql-handler.js'
import type { Admission } from './admission.js'
import type { Door } from './door.js'
import { RETRY_AFTER_SECONDS, tellOverloaded } from './overloaded.js'
import type { Place } from './place.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What it holds of those that are worked on at once; null where nothing is held down. */
    place: Place | null
  }
}

/** Looks at who it is that was let in: from then on his operation counts as his own. */
export function createLoadGuard(door: Door, admission: Admission, guard: Guard): Guard {
  return async (request, reply) => {
    const refused = await guard(request, reply)
    const visit = door.visitOf(request.raw)
    if (!visit) return refused
    const { principal } = request
    request.place = visit.place
    door.known.learn(visit.key, refused || !principal ? null : principal.id)
    if (refused || !principal || admission.rename(visit.place, principal.id)) return refused
    return reply.header('retry-after', RETRY_AFTER_SECONDS).status(503).send(tellOverloaded(request.id))
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
