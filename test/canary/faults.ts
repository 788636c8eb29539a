import type { FaultKind } from '../../src/standin/fault-kind.js'
import type { Impostor, WatchedUpstreams } from './watched-upstreams.js'

/** What goes wrong with whatever a server is asked. */
export interface Fault {
  readonly name: string
  readonly cause: FaultKind | Impostor
}

const named = (kind: FaultKind): Fault => ({ name: kind, cause: kind })

/** The stand-ins' own, those that are over at once. */
export const QUICK_FAULTS: readonly Fault[] = [
  ...(['reset', 'status:500', 'html', 'empty', 'cut:40', 'short:40', 'gzip-bomb'] as const).map(named),
  ...([401, 403, 404, 429, 502, 503] as const).map(status => named(`status:${status}`)),
  named('content-type:text/plain'),
]

/** The others: nothing comes, or not in time. */
export const SLOW_FAULTS: readonly [Fault, ...Fault[]] = [
  named('hang'),
  named('delay:60000'),
  named('slow-start:60000'),
  named('drip:100'),
]

/** Those before the bills, or the servers of Catalyst's bills. */
export type Victims = 'gatekeepers' | 'rating'

/** Lets the fault befall them, until it is disposed of. */
export function harm(
  { catalyst, threescale, rating, impostors }: WatchedUpstreams,
  who: Victims,
  fault: Fault,
): Disposable {
  const servers = who === 'rating' ? rating : [catalyst.keystone, threescale]
  for (const server of servers) {
    if (typeof fault.cause === 'string') server.faults.push({ route: '*', kind: fault.cause })
    else impostors.set(server, fault.cause)
  }
  return {
    [Symbol.dispose]: () => {
      impostors.clear()
      for (const server of servers) server.faults.length = 0
    },
  }
}
