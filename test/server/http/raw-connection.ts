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

  send(text: string): void {
    this.socket.write(text)
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
