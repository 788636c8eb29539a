import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createFaultPicker, type DueFault, type Fault, type FaultTarget } from './fault.js'
import { answerFaulty } from './fault-response.js'
import type { StandInHandler, StandInRequest, StandInResponse } from './handler.js'

/** Running stand-in server. Closing it cuts open connections, as a crash would. */
export interface StandInServer extends AsyncDisposable {
  /** Without a slash at the end: `http://127.0.0.1:40123`. */
  readonly url: string
  /** Method and path of each request received, oldest first: `GET /v2/invoices`. For tests to count. */
  readonly requests: string[]
  /**
   * Set by tests to respond in place of the stand-in. `undefined` leaves the response to the stand-in; `'reset'` cuts
   * the connection. A promise that never settles is an upstream that hangs.
   */
  intercept: ((request: StandInRequest) => Intercepted | Promise<Intercepted>) | undefined
  /** Faults of the requests that `intercept` leaves to the stand-in. Push to add; set the length to 0 to clear. */
  readonly faults: Fault[]
  close(): Promise<void>
}

/** Result of `StandInServer.intercept`. */
export type Intercepted = StandInResponse | 'reset' | undefined

/** Address a stand-in listens on. */
export interface ListenOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number
  readonly host?: string
}

/** Starts an HTTP server on loopback that responds with `handle` and records the requests. */
export async function startServer(handle: StandInHandler, options: ListenOptions = {}): Promise<StandInServer> {
  const { port = 0, host = '127.0.0.1' } = options
  const sockets = new Set<Socket>()
  const faults: Fault[] = []
  const pickFault = createFaultPicker(faults)
  const server = createServer((incoming, outgoing) => {
    // A client that disconnects during a response is not an error.
    outgoing.on('error', () => {})
    void answer({ standIn, handle, pickFault }, incoming, outgoing)
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })

  const close = (): Promise<void> => {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    return closed
  }
  const standIn: StandInServer = {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests: [],
    intercept: undefined,
    faults,
    close,
    [Symbol.asyncDispose]: close,
  }
  return standIn
}

interface Service {
  readonly standIn: StandInServer
  readonly handle: StandInHandler
  readonly pickFault: (target: FaultTarget) => DueFault | undefined
}

async function answer(service: Service, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { standIn, handle, pickFault } = service
  try {
    const request = await readRequest(incoming, disconnectSignal(outgoing))
    standIn.requests.push(`${request.method} ${request.path}`)
    const intercepted = await standIn.intercept?.(request)
    if (intercepted === 'reset') {
      incoming.socket.destroy()
      return
    }
    const isHead = request.method === 'HEAD'
    const send = (response: StandInResponse): void => sendResponse(outgoing, isHead, response)
    if (intercepted) return send(intercepted)
    const respond = async (): Promise<StandInResponse> => handle(request)
    const due = pickFault(request)
    if (due) await answerFaulty(due, { isHead, outgoing, handle: respond, send })
    else send(await respond())
  } catch {
    if (!outgoing.headersSent) outgoing.writeHead(500)
    outgoing.end()
  }
}

function disconnectSignal(outgoing: ServerResponse): AbortSignal {
  const disconnect = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) disconnect.abort()
  })
  return disconnect.signal
}

async function readRequest(incoming: IncomingMessage, gone: AbortSignal): Promise<StandInRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const target = incoming.url ?? '/'
  const queryStart = target.indexOf('?')
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const)
  return {
    method: incoming.method ?? 'GET',
    path: queryStart < 0 ? target : target.slice(0, queryStart),
    query: new URLSearchParams(queryStart < 0 ? '' : target.slice(queryStart + 1)),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
    gone,
  }
}

function sendResponse(outgoing: ServerResponse, isHead: boolean, response: StandInResponse): void {
  const body = Buffer.from(response.body ?? '')
  const length = response.status === 204 || response.status === 304 ? {} : { 'Content-Length': String(body.byteLength) }
  outgoing.writeHead(response.status, { ...length, ...response.headers })
  outgoing.end(isHead ? undefined : body)
}
