import type { FastifyInstance } from 'fastify'

/** The server's readiness: it accepts all operations, refuses some, or is about to close. */
export type Readiness = 'ready' | 'shedding' | 'draining'

/**
 * Adds the routes for liveness and readiness. They call no upstream. A server that sheds load stays ready: taken out of service, it
 * would leave its load to the other replicas.
 */
export function answerHealth(http: FastifyInstance, readiness: () => Readiness): void {
  http.get('/healthz', async () => ({ status: 'ok' }))
  http.get('/readyz', async (_request, reply) => {
    const status = readiness()
    return reply.status(status === 'draining' ? 503 : 200).send({ status })
  })
}
