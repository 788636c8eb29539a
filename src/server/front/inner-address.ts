import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** Where the thread that answers is reached by the one that listens. */
export interface InnerAddress {
  readonly origin: string
  /** Null where it is reached by the origin alone. */
  readonly socketPath: string | null
}

/** As many as may wait to be accepted while the thread is at work; the system may hold it to fewer. */
const BACKLOG = 4_096

/**
 * Listens for this process alone: on Linux by a name that no file stands for, which costs a fifth less than the loopback address does.
 * Whoever else finds it on this machine is asked for his credential and takes his turn, as outside.
 */
export async function listenInside(http: FastifyInstance): Promise<InnerAddress> {
  if (process.platform !== 'linux') {
    const origin = await http.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG })
    return { origin, socketPath: null }
  }
  const socketPath = `\0billgraph-${randomUUID()}`
  await http.listen({ path: socketPath, backlog: BACKLOG })
  return { origin: 'http://billgraph', socketPath }
}
