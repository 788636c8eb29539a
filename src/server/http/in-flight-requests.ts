import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'

/** Requests that have arrived and have no complete response yet. */
export class InFlightRequests {
  private readonly ends = new Map<IncomingMessage, Promise<void>>()

  /** Adds a request until its response is sent or its connection is closed. */
  add(request: IncomingMessage, response: ServerResponse): void {
    const end = Promise.withResolvers<void>()
    this.ends.set(request, end.promise)
    response.once('close', () => {
      this.ends.delete(request)
      end.resolve()
    })
  }

  /** Resolves when the requests that are in flight now are answered. A request whose body has not arrived in full does not count. */
  async settled(): Promise<void> {
    await Promise.all(this.complete())
  }

  /** Resolves when no request that has arrived in full is in flight. */
  async drained(): Promise<void> {
    do {
      await this.settled()
      // The sockets may hold a request that has not been read yet.
      await setImmediate()
    } while (this.complete().length > 0)
  }

  private complete(): readonly Promise<void>[] {
    return [...this.ends].flatMap(([request, end]) => (request.complete ? [end] : []))
  }
}
