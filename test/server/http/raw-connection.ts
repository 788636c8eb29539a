import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection on which a test writes bytes as it likes. */
export class RawConnection {
  private text = ''

  private constructor(private readonly socket: Socket) {
    // The server may close the connection at any time.
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', chunk => {
      this.text += String(chunk)
    })
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await once(socket, 'connect')
    return new RawConnection(socket)
  }

  /** Everything received so far. */
  get received(): string {
    return this.text
  }

  /** True when the server has closed the connection, as far as was noticed: a paused connection notices nothing. */
  get isClosed(): boolean {
    return this.socket.destroyed
  }

  send(text: string): void {
    this.socket.write(text)
  }

  /** Reads nothing more until resumed. */
  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  /** Reads at least this many bytes more, or to the end, and then nothing until resumed. */
  async readSome(bytes: number): Promise<void> {
    const until = this.text.length + bytes
    const { promise, resolve } = Promise.withResolvers<void>()
    const check = (): void => {
      if (this.text.length >= until || this.socket.destroyed) resolve()
    }
    this.socket.on('data', check).once('close', resolve).resume()
    check()
    await promise
    this.socket.off('data', check).off('close', resolve).pause()
  }

  /** Resolves when the server has closed the connection, with everything received. */
  async closed(): Promise<string> {
    if (!this.socket.destroyed) await once(this.socket, 'close')
    return this.text
  }

  [Symbol.dispose](): void {
    this.socket.destroy()
  }
}
