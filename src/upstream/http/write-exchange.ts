import { once } from 'node:events'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, getCACertificates } from 'node:tls'
import { UpstreamFormatError, type UpstreamRequest, UpstreamTimeoutError, UpstreamUnreachableError } from './errors.js'
import type { HttpResponse } from './exchange.js'

/** Where writes are sent. */
export interface WriteOrigin {
  /** Scheme, host and port. */
  readonly origin: string
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** One write. */
export interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  /** Path as sent. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** A form; '' for none. */
  readonly body: string
  /** For errors. */
  readonly request: UpstreamRequest
}

/** When a write may leave, and how long its response is awaited. */
export interface WriteTimes {
  /** By `performance.now()`: later than this it is not sent. */
  readonly departBy: number
  readonly deadlineMs: number
}

/** The write did not leave: nothing of it was sent. */
export class NotDepartedError extends Error {
  override readonly name = 'NotDepartedError'
}

const MAX_BODY_BYTES = 1024 * 1024

/** A connection that is ready for one write. */
export class WriteConnection implements Disposable {
  private constructor(
    private readonly tcp: Socket,
    private readonly stream: Duplex,
    private readonly host: string,
  ) {
    // A connection that breaks before it is used is noticed when it is used.
    stream.on('error', () => {})
    tcp.on('error', () => {})
  }

  /**
   * Connects, so that nothing but the write itself is left to do.
   *
   * @throws UpstreamTimeoutError, UpstreamUnreachableError
   */
  static async open(
    { origin, ca }: WriteOrigin,
    deadlineMs: number,
    request: UpstreamRequest,
  ): Promise<WriteConnection> {
    const { protocol, hostname, port, host } = new URL(origin)
    const isTls = protocol === 'https:'
    const name = hostname.replace(/^\[|\]$/g, '')
    const tcp = connectTcp({ host: name, port: Number(port || (isTls ? 443 : 80)), noDelay: true })
    const signal = AbortSignal.timeout(deadlineMs)
    try {
      await once(tcp, 'connect', { signal })
      if (!isTls) return new WriteConnection(tcp, tcp, host)
      const certificates = ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }
      // An IP address is no name that a server can be asked for; its certificate is checked all the same.
      const server = isIP(name) === 0 ? { servername: name } : { host: name }
      const tls = connectTls({ socket: tcp, ...server, ALPNProtocols: ['http/1.1'], ...certificates })
      await once(tls, 'secureConnect', { signal })
      return new WriteConnection(tcp, tls, host)
    } catch (error) {
      tcp.on('error', () => {}).destroy()
      if (signal.aborted) throw new UpstreamTimeoutError(deadlineMs, request, error)
      throw new UpstreamUnreachableError(request, error)
    }
  }

  /**
   * Sends the write once and returns the whole response, whatever its status. Follows no redirect and retries nothing.
   *
   * @throws NotDepartedError when nothing was sent; UpstreamTimeoutError, UpstreamUnreachableError and UpstreamFormatError when the
   * server may have got it
   */
  async send({ method, path, headers, body, request }: WriteRequest, times: WriteTimes): Promise<HttpResponse> {
    const sent = httpRequest({
      method,
      path,
      headers: { ...headers, host: this.host, connection: 'close', 'content-length': Buffer.byteLength(body) },
      createConnection: () => this.stream,
    })
    // An unhandled 'error' event would end the process; what waits for the request notices it.
    sent.on('error', () => {})
    const deadline = AbortSignal.timeout(times.deadlineMs)
    // A reset drops what the kernel has not sent yet: a request must not arrive after its deadline.
    const cut = (): void => void this.tcp.resetAndDestroy()
    deadline.addEventListener('abort', cut, { once: true })
    try {
      // A request writes at once when it has its socket, and nothing before.
      await once(sent, 'socket', { signal: deadline }).catch(notDeparted)
      // The process may have been suspended since the journal was written. Nothing comes between this check and the write.
      if (performance.now() > times.departBy || this.tcp.destroyed) {
        sent.destroy()
        notDeparted()
      }
      const response = await responseOf(sent.end(body))
      return { request, ...headOf(response), body: await readBody(response, request) }
    } catch (error) {
      if (error instanceof NotDepartedError || error instanceof UpstreamFormatError) throw error
      if (deadline.aborted) throw new UpstreamTimeoutError(times.deadlineMs, request, error)
      throw new UpstreamUnreachableError(request, error)
    } finally {
      deadline.removeEventListener('abort', cut)
      this[Symbol.dispose]()
    }
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    this.stream.destroy()
    this.tcp.destroy()
  }
}

function notDeparted(): never {
  throw new NotDepartedError('The write was not sent in time.')
}

async function responseOf(sent: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}

function headOf({
  statusCode = 0,
  headers,
}: IncomingMessage): Pick<HttpResponse, 'status' | 'headers' | 'contentType'> {
  const single = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? (value[0] ?? '') : value] as const],
  )
  const contentType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return { status: statusCode, headers: Object.fromEntries(single), contentType }
}

async function readBody(response: IncomingMessage, request: UpstreamRequest): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response) {
    size += (chunk as Uint8Array).byteLength
    if (size > MAX_BODY_BYTES) throw new UpstreamFormatError(`it is longer than ${MAX_BODY_BYTES} bytes`, request)
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}
