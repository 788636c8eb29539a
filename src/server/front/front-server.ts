import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { inTurn } from '../admission/in-turn.js'
import type { KnownCallers } from '../admission/known-callers.js'
import { OVERLOADED } from '../admission/overloaded.js'
import { type EarlyRefusal, refuseEarly } from '../http/early-refusal.js'
import { buildServer } from '../http/node-server.js'
import type { CorsSettings } from '../http/origin-grant.js'
import { type HttpBounds, maxBodyBytes, serverLimits, tellTooLarge } from '../limits/http-limits.js'
import type { Inside } from './inside.js'
import type { Turnstile } from './turnstile.js'

/** What the server goes by that callers see. */
export interface FrontServerOptions {
  readonly inside: Inside
  readonly turnstile: Turnstile
  readonly known: KnownCallers
  readonly bounds: HttpBounds
  readonly cors: CorsSettings | null
  /** Told of what should not have happened. */
  readonly report: (error: Error) => void
}

/** More of it may be on its way, which nobody reads. */
const LAST = { connection: 'close' }

const NO_PATH = { status: 400, code: ErrorCode.BAD_REQUEST, message: 'This is not a path.' } satisfies EarlyRefusal

const FAULT = {
  status: 500,
  code: ErrorCode.INTERNAL_SERVER_ERROR,
  message: 'Something went wrong inside the gateway.',
  headers: LAST,
} satisfies EarlyRefusal

const tooLarge = (bounds: HttpBounds): EarlyRefusal => ({
  status: 413,
  code: ErrorCode.BAD_REQUEST,
  message: tellTooLarge(bounds),
  headers: LAST,
})

/** No connection could be made: more came at once than the system queues. */
const FULL: ReadonlySet<string> = new Set(['EAGAIN', 'ECONNREFUSED'])

/** Takes requests from callers, turns away whom the thread that answers has no place for, and hands the others on to it. */
export class FrontServer {
  private readonly server: Server
  private readonly maxBodyBytes: number
  private isEnding = false

  constructor(private readonly options: FrontServerOptions) {
    const { http, clientErrorHandler } = serverLimits(options.bounds)
    this.maxBodyBytes = maxBodyBytes(options.bounds)
    const listener = inTurn(
      (request, response) => this.queueUp(request, response),
      (request, response) => this.handOn(request, response, () => {}),
    )
    this.server = buildServer((request, response) => {
      response.once('close', () => this.closeIdle())
      listener(request, response)
    }, http)
    this.server.on('clientError', clientErrorHandler)
  }

  /** @returns the address: `http://127.0.0.1:4000`. @throws as the system does */
  async listen(host: string, port: number): Promise<string> {
    this.server.listen({ host, port })
    await once(this.server, 'listening')
    return addressOf(this.server.address() as AddressInfo)
  }

  /** Takes no connection any more, and ends each with the answer that is under way on it. */
  async close(): Promise<void> {
    this.isEnding = true
    const { promise, resolve } = Promise.withResolvers<void>()
    this.server.close(() => resolve())
    await promise
  }

  private queueUp(request: IncomingMessage, response: ServerResponse): void {
    const { known, turnstile } = this.options
    const leave = turnstile.enter(known.whoSent(request.headers).name)
    if (leave) this.handOn(request, response, leave)
    else this.refuse(request, response, OVERLOADED)
  }

  private handOn(request: IncomingMessage, response: ServerResponse, over: () => void): void {
    this.options.inside.handOn(request, response, {
      over,
      isClosing: () => this.isEnding,
      failed: error => this.apologize(request, response, error),
      maxBodyBytes: this.maxBodyBytes,
      tooLarge: () => this.refuse(request, response, tooLarge(this.options.bounds)),
    })
  }

  /** @param error why the thread that answers did not */
  private apologize(request: IncomingMessage, response: ServerResponse, error: Error): void {
    const code = 'code' in error ? String(error.code) : ''
    if (code === 'ERR_UNESCAPED_CHARACTERS') this.refuse(request, response, NO_PATH)
    else if (FULL.has(code)) this.refuse(request, response, OVERLOADED)
    else {
      this.options.report(error)
      this.refuse(request, response, FAULT)
    }
  }

  private refuse(request: IncomingMessage, response: ServerResponse, refusal: EarlyRefusal): void {
    refuseEarly(request, response, { cors: this.options.cors, isClosing: () => this.isEnding }, refusal)
  }

  /** One whose answer had begun before the end was not told that his connection ends with it. */
  private closeIdle(): void {
    if (this.isEnding) this.server.closeIdleConnections()
  }
}

/** As one on this machine would ask for it. */
function addressOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
