import { connect, type Socket } from 'node:net'

/** One kept-alive connection that sends requests one after the other, with little CPU of its own. */
export class RawConnection {
  /** Resolves when the connection is open. */
  readonly opened: Promise<void>
  private readonly socket: Socket
  private sentAt = 0
  private text = ''
  private settle: ((outcome: number, ms: number) => void) | null = null

  constructor(
    host: string,
    port: number,
    /** The next request as it is sent. */
    private readonly nextRequest: () => Buffer,
  ) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.opened = promise
    this.socket = connect({ host, port, noDelay: true }, () => resolve())
    this.socket.setEncoding('latin1')
    this.socket.on('data', chunk => this.read(String(chunk)))
    this.socket.on('error', () => this.finish(0))
    this.socket.on('close', () => this.finish(0))
  }

  /**
   * Sends the next request, and calls back with the outcome and the latency. The outcome is the status; 0 when the connection broke; 503
   * also for a response with status 200 and an error OVERLOADED, and 500 for one with other errors.
   */
  send(settle: (outcome: number, ms: number) => void): void {
    this.settle = settle
    this.sentAt = performance.now()
    this.socket.write(this.nextRequest())
  }

  get isOpen(): boolean {
    return !this.socket.destroyed
  }

  end(): void {
    this.socket.destroy()
  }

  private read(chunk: string): void {
    this.text += chunk
    const head = this.text.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.text.slice(0, head))?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error('a response without a length')
    if (this.text.length >= head + 4 + length) this.finish(outcomeOf(this.text, head + 4))
  }

  private finish(outcome: number): void {
    const { settle } = this
    this.text = ''
    this.settle = null
    settle?.(outcome, performance.now() - this.sentAt)
  }
}

function outcomeOf(text: string, bodyAt: number): number {
  const status = Number(text.slice(9, 12))
  if (status !== 200 || !text.startsWith('{"errors"', bodyAt)) return status
  return text.includes('"OVERLOADED"', bodyAt) ? 503 : 500
}
