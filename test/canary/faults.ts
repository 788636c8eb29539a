import type { FaultKind } from '../../src/standin/fault-kind.js'
import type { Override, WatchedUpstreams } from './watched-upstreams.js'

/** A fault of a server, whatever the request. */
export interface Fault {
  readonly name: string
  readonly cause: FaultKind | Override
}

const named = (kind: FaultKind): Fault => ({ name: kind, cause: kind })

/** Faults of the stand-ins that end at once. */
export const QUICK_FAULTS: readonly Fault[] = [
  ...(['reset', 'status:500', 'html', 'empty', 'cut:40', 'short:40', 'gzip-bomb'] as const).map(named),
  ...([401, 403, 404, 429, 502, 503] as const).map(status => named(`status:${status}`)),
  named('content-type:text/plain'),
]

/** Faults without a response, or with a late one. */
export const SLOW_FAULTS: readonly [Fault, ...Fault[]] = [
  named('hang'),
  named('delay:60000'),
  named('slow-start:60000'),
  named('drip:100'),
]

/** Servers to fail: those of Keystone and 3scale, or the rating servers. */
export type FaultTarget = 'keystone-and-threescale' | 'rating'

/** Applies the fault to the servers until it is disposed of. */
export function applyFault(
  { catalyst, threescale, rating, overrides }: WatchedUpstreams,
  target: FaultTarget,
  fault: Fault,
): Disposable {
  const servers = target === 'rating' ? rating : [catalyst.keystone, threescale]
  for (const server of servers) {
    if (typeof fault.cause === 'string') server.faults.push({ route: '*', kind: fault.cause })
    else overrides.set(server, fault.cause)
  }
  return {
    [Symbol.dispose]: () => {
      overrides.clear()
      for (const server of servers) server.faults.length = 0
    },
  }
}
