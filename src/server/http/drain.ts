import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { DrainSettings } from '../settings.js'
import type { InFlightRequests } from './http-server.js'

/**
 * Closes an HTTP server so that no request fails. First it only reports that it is not ready, and still answers, until load balancers
 * have noticed. Then it refuses new connections, and answers what is in flight.
 */
export class Drain {
  /** True from the beginning of the end on. */
  isActive = false

  /** Adds its hook to the server. */
  constructor(
    private readonly http: FastifyInstance,
    private readonly inFlight: InFlightRequests,
    private readonly settings: DrainSettings,
  ) {
    http.addHook('onSend', (_request, reply, payload, done) => {
      // A client that keeps the connection would send its next request to a server that is gone.
      if (this.isActive) reply.header('connection', 'close')
      done(null, payload)
    })
  }

  /** Closes the server. @param delayMs how long it still answers; less than its time-out */
  async run(delayMs = this.settings.delayMs): Promise<void> {
    this.isActive = true
    if (delayMs > 0) await setTimeout(delayMs)
    const leftMs = Math.max(0, this.settings.timeoutMs - delayMs)
    this.http.server.close()
    await Promise.race([this.inFlight.drained(), setTimeout(leftMs, undefined, { ref: false })])
    // The connections that are left are idle, their request has not arrived in full, their client does not read, or the time is over.
    // A server that closes no longer times them out.
    this.http.server.closeAllConnections()
    await this.http.close()
  }
}
