import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'

/** How long a connection that is kept alive may be idle. */
const KEEP_ALIVE_MS = 72_000

/** A server that leaves connections open as long as Fastify would. */
export function buildServer(handler: RequestListener, options: ServerOptions): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, ...options }, handler)
  // Only a request's own time is limited.
  server.setTimeout(0)
  return server
}
