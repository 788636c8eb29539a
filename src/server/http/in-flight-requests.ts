import type { ServerResponse } from 'node:http'

/** Requests that have come and are not answered. */
export class InFlightRequests {
  private readonly all = new Set<Promise<void>>()

  /** Counts one until its answer is sent, or its connection gone. */
  add(response: ServerResponse): void {
    const ended = new Promise<void>(resolve => {
      response.once('close', () => {
        this.all.delete(ended)
        resolve()
      })
    })
    this.all.add(ended)
  }

  /** Resolves once none of those is left that are under way now. */
  async settled(): Promise<void> {
    await Promise.all(this.all)
  }
}
