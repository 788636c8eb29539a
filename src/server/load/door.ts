import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { NO_STORE } from '../cache-control.js'
import { type CorsSettings, grantOrigin } from '../cors.js'
import { requestIdOf } from '../request-id.js'
import type { Admission } from './admission.js'
import { KnownCallers } from './known-callers.js'
import { RETRY_AFTER_SECONDS, tellOverloaded } from './overloaded.js'
import type { Place } from './place.js'

/** A request that has been let in, or waits for it. */
export interface Visit {
  readonly place: Place
  /** Of its credential, among those who are known. */
  readonly key: string
}

/** What a door goes by. */
export interface DoorOptions {
  readonly admission: Admission
  /** Whose pages may read a refusal. */
  readonly cors: CorsSettings | null
  /** True once the server ends: then connections end with their answers. */
  readonly isClosing: () => boolean
}

/** All whose credential has proved nothing yet: they take turns as one caller. No principal's id is empty. */
const STRANGERS = ''

/** Asked by those who watch over the gateway, whatever else is asked. */
const FREE_OF_TURNS: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz'])

/**
 * Stands before all that is made for a request: whoever is turned away here costs half of what it would cost to refuse him by a
 * route. Lets in whose turn it is, and looks at who that is no closer than at the credential's hash.
 */
export class Door {
  readonly known = new KnownCallers()
  private readonly visits = new WeakMap<IncomingMessage, Visit>()

  constructor(private readonly options: DoorOptions) {}

  /** What a server calls for each request in place of the handler. */
  before(handler: RequestListener): RequestListener {
    return (request, response) => {
      // A browser asks by OPTIONS whether it may ask.
      if (FREE_OF_TURNS.has(request.url) || request.method === 'OPTIONS') handler(request, response)
      else if (response.socket) this.queueUp(request, response, handler)
      // One that was sent behind another begins once that is answered: a connection has one place.
      else response.once('socket', () => this.queueUp(request, response, handler))
    }
  }

  /** What a request that came through it holds; undefined for one that is free of turns. */
  visitOf(request: IncomingMessage): Visit | undefined {
    return this.visits.get(request)
  }

  private queueUp(request: IncomingMessage, response: ServerResponse, handler: RequestListener): void {
    const place = this.enter(request)
    if (place.isTurnedAway) {
      this.turnAway(request, response)
      return
    }
    response.once('close', () => place.closed())
    void place.admitted.then(isAdmitted => (isAdmitted ? handler(request, response) : this.turnAway(request, response)))
  }

  private enter(request: IncomingMessage): Place {
    const key = this.known.keyOf(request.headers)
    const place = this.options.admission.enter(this.known.nameOf(key) ?? STRANGERS)
    this.visits.set(request, { key, place })
    return place
  }

  private turnAway(request: IncomingMessage, response: ServerResponse): void {
    const requestId = requestIdOf(request)
    const body = JSON.stringify(tellOverloaded(requestId))
    const { cors, isClosing } = this.options
    response.writeHead(503, {
      ...(cors && grantOrigin(cors, request.headers.origin)),
      ...(isClosing() && { connection: 'close' }),
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': NO_STORE,
      'retry-after': String(RETRY_AFTER_SECONDS),
      'x-request-id': requestId,
    })
    response.end(body)
  }
}
