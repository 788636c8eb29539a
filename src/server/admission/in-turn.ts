import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** Asked by those who watch over the gateway, whatever else is asked. */
const FREE_OF_TURNS: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz'])

/** Sends each request to where those queue that take turns, once its own connection is at it; and those that take none past them. */
export function inTurn(queueUp: RequestListener, pass: RequestListener): RequestListener {
  return (request, response) => {
    if (isFree(request)) pass(request, response)
    else if (isNext(response)) queueUp(request, response)
    // One that was sent behind another begins once that is answered: a connection has one place.
    else response.once('socket', () => queueUp(request, response))
  }
}

/** A browser asks by OPTIONS whether it may ask. */
function isFree({ url, method }: IncomingMessage): boolean {
  return FREE_OF_TURNS.has(url) || method === 'OPTIONS'
}

function isNext({ socket }: ServerResponse): boolean {
  return socket !== null
}
