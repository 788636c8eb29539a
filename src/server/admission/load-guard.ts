import type { Guard } from '../authentication/guard.js'
import type { GraphqlHandler } from '../graphql/handler.js'
import { refuse } from '../http/refusal.js'
import type { Admission } from './admission.js'
import type { Door } from './door.js'
import type { KnownCallers } from './known-callers.js'
import { OVERLOADED } from './overloaded.js'
import type { Place } from './place.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What it holds of those that are worked on at once; null where nothing is held down. */
    place: Place | null
  }
}

/** What a guard goes by who counts each operation as its caller's. */
export interface LoadGuardOptions {
  readonly door: Door
  readonly admission: Admission
  readonly known: KnownCallers
}

/** Looks at who it is that was let in: from then on his operation counts as his own. */
export function createLoadGuard({ door, admission, known }: LoadGuardOptions, guard: Guard): Guard {
  return async (request, reply) => {
    const refused = await guard(request, reply)
    const visit = door.visitOf(request.raw)
    if (!visit) return refused
    const { principal } = request
    request.place = visit.place
    known.learn({ key: visit.key, name: refused || !principal ? null : principal.id })
    if (refused || !principal || admission.rename(visit.place, principal.id)) return refused
    const { status, code, message, details, headers } = OVERLOADED
    return refuse(reply.headers(headers), status, code, message, details)
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
