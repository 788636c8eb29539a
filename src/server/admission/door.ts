import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Manners, refuseEarly } from '../http/early-refusal.js'
import type { Admission } from './admission.js'
import { inTurn } from './in-turn.js'
import type { KnownCallers } from './known-callers.js'
import { OVERLOADED } from './overloaded.js'
import type { Place } from './place.js'

/** A request that has been let in, or waits for it. */
export interface Visit {
  readonly place: Place
  /** Of its credential, among those who are known. */
  readonly key: string
}

/** What a door goes by. */
export interface DoorOptions extends Manners {
  readonly admission: Admission
  readonly known: KnownCallers
}

/**
 * Stands before all that is made for a request. Lets in whose turn it is, and looks at who that is no closer than at the credential's
 * hash.
 */
export class Door {
  private readonly visits = new WeakMap<IncomingMessage, Visit>()

  constructor(private readonly options: DoorOptions) {}

  /** What a server calls for each request in place of the handler. */
  before(handler: RequestListener): RequestListener {
    return inTurn((request, response) => this.queueUp(request, response, handler), handler)
  }

  /** What a request that came through it holds; undefined for one that is free of turns. */
  visitOf(request: IncomingMessage): Visit | undefined {
    return this.visits.get(request)
  }

  private queueUp(request: IncomingMessage, response: ServerResponse, handler: RequestListener): void {
    const place = this.enter(request)
    const refuse = (): void => refuseEarly(request, response, this.options, OVERLOADED)
    if (place.isTurnedAway) {
      refuse()
      return
    }
    response.once('close', () => place.closed())
    void place.admitted.then(isAdmitted => (isAdmitted ? handler(request, response) : refuse()))
  }

  private enter(request: IncomingMessage): Place {
    const { admission, known } = this.options
    const { key, name } = known.whoSent(request.headers)
    const place = admission.enter(name)
    this.visits.set(request, { key, place })
    return place
  }
}
