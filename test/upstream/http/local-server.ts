import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** A server on a free port of this machine. */
export interface LocalServer extends AsyncDisposable {
  readonly origin: string
  readonly port: number
  /** Method and path of each request, in the order they came; of a server without HTTP one entry a connection. */
  readonly requests: readonly string[]
  /** Connections that are open now. */
  openConnections(): number
  /** Resolves once no connection is open. */
  idle(): Promise<void>
}

/** Speaks HTTP. */
export function startHttpServer(answer: RequestListener): Promise<LocalServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return listen(server, requests)
}

/** Answers the first bytes of each connection with bytes that need not be HTTP. */
export function startRawServer(answer: (socket: Socket) => void): Promise<LocalServer> {
  const requests: string[] = []
  const server = createTcpServer(socket => {
    requests.push('connection')
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  return listen(server, requests)
}

/** An origin on which nothing listens. */
export async function unusedOrigin(): Promise<string> {
  const server = await startHttpServer(() => {})
  await server[Symbol.asyncDispose]()
  return server.origin
}

async function listen(server: Server, requests: readonly string[]): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  let announceIdle = (): void => {}
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) announceIdle()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    openConnections: () => sockets.size,
    idle: () =>
      new Promise(resolve => {
        announceIdle = resolve
        if (sockets.size === 0) resolve()
      }),
    [Symbol.asyncDispose]: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
