import {
  Agent,
  request as ask,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http'
import { hasBody, takeBody } from './body.js'
import { Exchange, type ExchangeOptions } from './exchange.js'
import type { InnerAddress } from './inner-address.js'

/** Between this server and the next one, and not between the caller and his answer. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Without it Node would send an empty one in chunks, which is a body. */
const NO_BODY = ['content-length', '0']

/** The thread that answers, as the one that listens reaches it. */
export class Inside implements Disposable {
  private readonly agent = new Agent({ keepAlive: true, maxFreeSockets: 1_024 })

  private readonly where: RequestOptions

  constructor({ socketPath, origin }: InnerAddress) {
    const { hostname, port } = new URL(origin)
    this.where = socketPath === null ? { host: hostname, port: Number(port) } : { socketPath }
  }

  /** Has a request answered. */
  handOn(request: IncomingMessage, response: ServerResponse, options: ExchangeOptions): void {
    const exchange = new Exchange(request, response, options)
    // A path that no URL has is refused here.
    const attempt = (send: () => void): void => {
      if (exchange.isOver) return
      try {
        send()
      } catch (error) {
        exchange.giveUp(error as Error)
      }
    }
    if (!hasBody(request)) attempt(() => exchange.ask(this.open(request, NO_BODY), null))
    else
      takeBody(request, ({ chunks, isWhole }) =>
        attempt(() => {
          if (!isWhole) return exchange.askFirst(this.open(request, lengthAsStated(request)), chunks)
          const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
          exchange.ask(this.open(request, ['content-length', String(body.byteLength)]), body)
        }),
      )
  }

  /** Ends its connections. */
  [Symbol.dispose](): void {
    this.agent.destroy()
  }

  private open({ method = '', url: path = '', rawHeaders }: IncomingMessage, more: readonly string[]): ClientRequest {
    const headers = [...more]
    // As they were sent, each as often.
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]]
      if (!OF_THE_CONNECTION.has(name.toLowerCase())) headers.push(name, value)
    }
    return ask({ ...this.where, agent: this.agent, method, path, headers, setHost: false })
  }
}

/** The thread that answers says whether it wants a body that is not here yet. */
function lengthAsStated({ headers }: IncomingMessage): readonly string[] {
  const length = headers['content-length']
  const stated = length === undefined ? ['transfer-encoding', 'chunked'] : ['content-length', length]
  return [...stated, 'expect', '100-continue']
}
