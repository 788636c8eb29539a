import { connect, type Socket } from 'node:net'

/** One kept connection that asks one question after the other, as cheaply as can be: whoever measures must not be what is measured. */
export class RawConnection {
  /** Resolves once there is a connection. */
  readonly opened: Promise<void>
  private readonly socket: Socket
  private isOpening = (): void => {}
  private sentAt = 0
  private text = ''
  private settle: ((status: number, ms: number) => void) | null = null

  constructor(
    host: string,
    port: number,
    /** The whole of the next request. */
    private readonly nextRequest: () => Buffer,
  ) {
    this.opened = new Promise(resolve => {
      this.isOpening = resolve
    })
    this.socket = connect({ host, port, noDelay: true }, () => this.isOpening())
    this.socket.setEncoding('latin1')
    this.socket.on('data', chunk => this.read(String(chunk)))
    this.socket.on('error', () => this.finish(0))
    this.socket.on('close', () => this.finish(0))
  }

  /** Calls back with the status and how long it took; 0 where the connection broke. */
  ask(settle: (status: number, ms: number) => void): void {
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
    if (Number.isNaN(length)) throw new Error('an answer without a length')
    if (this.text.length >= head + 4 + length) this.finish(Number(this.text.slice(9, 12)))
  }

  private finish(status: number): void {
    const { settle } = this
    this.text = ''
    this.settle = null
    settle?.(status, performance.now() - this.sentAt)
  }
}
