import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** The client's address: that of the connection, or the one that trusted proxies say; null once the connection is closed. */
export function clientAddress({ ip, socket }: FastifyRequest): string | null {
  // The header may hold any text, which a proxy has passed on.
  return isIP(ip ?? '') === 0 ? (socket.remoteAddress ?? null) : ip
}
