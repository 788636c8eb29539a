import type { FastifyInstance } from 'fastify'

/** How the server stands: it takes everything, turns some away, or is about to end. */
export type Readiness = 'ready' | 'shedding' | 'draining'

/**
 * Says that it lives and whether it takes requests; asks nobody for it. One that turns some away is ready all the same: taken out, it
 * would leave its share to the others, who have enough.
 */
export function answerHealth(http: FastifyInstance, readiness: () => Readiness): void {
  http.get('/healthz', async () => ({ status: 'ok' }))
  http.get('/readyz', async (_request, reply) => {
    const status = readiness()
    return reply.status(status === 'draining' ? 503 : 200).send({ status })
  })
}
