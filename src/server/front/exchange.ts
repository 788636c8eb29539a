import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** What an exchange is told. */
export interface ExchangeOptions {
  /** A body is read no further than this. */
  readonly maxBodyBytes: number
  /** True once the server ends: then connections end with their answers. */
  readonly isClosing: () => boolean
  /** Called once, when the answer is complete or nobody waits for it; what the caller gets of it may still be on its way. */
  readonly over: () => void
  /** Answers in place of the thread that answers, where that could not. */
  readonly failed: (error: Error) => void
  /** Answers one whose body is too large. */
  readonly tooLarge: () => void
}

/**
 * One request on its way to the thread that answers, and its answer on the way back. Nobody is waited for while that comes: it is whole
 * in memory already, and a caller who reads slowly keeps no other one out.
 */
export class Exchange {
  private inner: ClientRequest | null = null
  private isDone = false

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly options: ExchangeOptions,
  ) {
    response.once('close', () => this.stop())
  }

  /** True when nothing more is to be done for it. */
  get isOver(): boolean {
    return this.isDone
  }

  /** Asks with the whole body. */
  ask(inner: ClientRequest, body: Buffer | null): void {
    this.listenTo(inner)
    if (body === null) inner.end()
    else inner.end(body)
  }

  /** Asks with what there is of a body, and the rest as it comes: once it is wanted, which it is not where the headers are refused. */
  askFirst(inner: ClientRequest, first: readonly Buffer[]): void {
    this.listenTo(inner)
    inner.once('continue', () => this.sendBody(inner, first))
    inner.flushHeaders()
  }

  /** Ends it without an answer from inside. */
  giveUp(error: Error): void {
    if (this.isDone) return
    this.finish()
    this.inner?.destroy()
    if (this.response.headersSent) this.response.destroy()
    else this.options.failed(error)
  }

  private listenTo(inner: ClientRequest): void {
    this.inner = inner
    inner.once('response', answer => this.passOn(answer))
    // It stays after the first one: a connection that breaks can tell so twice.
    inner.on('error', error => this.giveUp(error))
  }

  private sendBody(inner: ClientRequest, first: readonly Buffer[]): void {
    let bytes = 0
    const send = (chunk: Buffer): boolean => {
      bytes += chunk.byteLength
      if (bytes <= this.options.maxBodyBytes) return inner.write(chunk)
      this.refuseBody()
      return true
    }
    for (const chunk of first) if (!this.isDone) send(chunk)
    if (this.isDone) return
    inner.on('drain', () => this.request.resume())
    this.request.on('data', (chunk: Buffer) => {
      if (!this.isDone && !send(chunk)) this.request.pause()
    })
    this.request.once('end', () => {
      if (!this.isDone) inner.end()
    })
    this.request.resume()
  }

  private refuseBody(): void {
    this.finish()
    this.inner?.destroy()
    this.options.tooLarge()
  }

  private passOn(answer: IncomingMessage): void {
    if (this.isDone) {
      answer.resume()
      return
    }
    this.response.writeHead(answer.statusCode ?? 500, this.outward(answer))
    answer.on('data', (chunk: Buffer) => this.response.write(chunk))
    answer.once('error', error => this.giveUp(error))
    answer.once('end', () => {
      if (this.isDone) return
      this.response.end()
      this.finish()
      // Answered before its body was sent: what is left of it has nowhere to go.
      if (!this.inner?.writableFinished) this.inner?.destroy()
    })
  }

  private outward({ headers }: IncomingMessage): OutgoingHttpHeaders {
    const { connection, 'keep-alive': keepAlive, 'transfer-encoding': transferEncoding, ...outward } = headers
    // An answer that ends its connection inside does so outside: more of the request may be on its way.
    const isLast = connection === 'close' || this.options.isClosing()
    return isLast ? { ...outward, connection: 'close' } : outward
  }

  /** The caller is gone, or has his answer. */
  private stop(): void {
    if (this.isDone) return
    this.finish()
    this.inner?.destroy()
  }

  private finish(): void {
    this.isDone = true
    this.options.over()
  }
}
