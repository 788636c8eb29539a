import { setTimeout } from 'node:timers/promises'
import { Client } from 'undici'

/** What a request was answered with, or why it was not. */
export interface Outcome {
  readonly requestId: string
  readonly client: number
  /** Null for an answer without any error. */
  readonly failure: string | null
  /** The `x-server` header; null without one. */
  readonly server: string | null
}

/** Clients that keep their connection, and send one request after the other until they are stopped. */
export class KeptAliveClients {
  readonly outcomes: Outcome[] = []
  private isOver = false
  private another = Promise.withResolvers<void>()
  private readonly loops: readonly Promise<void>[]

  /**
   * @param queryOf the query of a request by its number, counted over all clients
   * @param pauseMs of a client between a response and its next request
   */
  constructor(
    url: string,
    count: number,
    private readonly queryOf: (number: number) => string,
    private readonly pauseMs = 0,
  ) {
    this.loops = Array.from({ length: count }, (_, client) => this.run(new Client(url), client))
  }

  get failures(): readonly Outcome[] {
    return this.outcomes.filter(({ failure }) => failure !== null)
  }

  /** Resolves when another request has an outcome. */
  next(): Promise<void> {
    return this.another.promise
  }

  /** Resolves when the last requests are answered. */
  async stop(): Promise<void> {
    this.isOver = true
    await Promise.all(this.loops)
  }

  private async run(connection: Client, client: number): Promise<void> {
    for (let count = 0; !this.isOver; count++) {
      const requestId = `client-${client}-request-${count}`
      this.outcomes.push({ requestId, client, ...(await this.ask(connection, requestId)) })
      if (this.pauseMs > 0) await setTimeout(this.pauseMs)
      this.another.resolve()
      this.another = Promise.withResolvers()
    }
    await connection.close()
  }

  private async ask(connection: Client, requestId: string): Promise<Pick<Outcome, 'failure' | 'server'>> {
    const headers = { 'content-type': 'application/json', 'x-request-id': requestId }
    const body = JSON.stringify({ query: this.queryOf(this.outcomes.length) })
    try {
      const answer = await connection.request({ method: 'POST', path: '/graphql', headers, body })
      const text = await answer.body.text()
      const isRight = answer.statusCode === 200 && !text.includes('"errors"')
      const server = answer.headers['x-server']
      return {
        failure: isRight ? null : `${answer.statusCode} ${text}`,
        server: typeof server === 'string' ? server : null,
      }
    } catch (error) {
      return { failure: String(error), server: null }
    }
  }
}
