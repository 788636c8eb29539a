import type { FaultKind } from './fault-kind.js'

/** Rule that makes some requests to a stand-in fail. */
export interface Fault {
  /** Method and path as sent, without the query; `*` matches any text: `GET /v2/invoices`, `* /v2/*`, `*`. */
  readonly route: string
  readonly kind: FaultKind
  /** Number of requests that fail. Default: all. */
  readonly count?: number
  /** Number of matching requests that pass first. Default: 0. */
  readonly skip?: number
  /** `Retry-After` header of a `status` fault. Default: no such header. */
  readonly retryAfter?: number | string
}

/** Fault that applies to the present request. */
export interface DueFault {
  readonly fault: Fault
  /** Time of its first use, by `Date.now()`. */
  readonly since: number
}

/** Parts of a request that a fault's route is matched with. */
export interface FaultTarget {
  readonly method: string
  readonly path: string
}

/**
 * Returns a function that picks the fault for a request: the first in `faults` that matches the route and is within
 * its `skip` and `count`. A fault counts only requests that no earlier fault has taken. The counts belong to the
 * object: a fault that is removed and pushed again continues its count.
 */
export function createFaultPicker(faults: readonly Fault[]): (target: FaultTarget) => DueFault | undefined {
  const seen = new WeakMap<Fault, number>()
  const firsts = new WeakMap<Fault, number>()
  return target => {
    for (const fault of faults) {
      if (!isRouteOf(fault.route, target)) continue
      const before = seen.get(fault) ?? 0
      seen.set(fault, before + 1)
      const { skip = 0, count = Number.POSITIVE_INFINITY } = fault
      if (before < skip || before >= skip + count) continue
      const since = firsts.get(fault) ?? Date.now()
      firsts.set(fault, since)
      return { fault, since }
    }
    return undefined
  }
}

/** Whether `pattern` matches the method and path. */
export function isRouteOf(pattern: string, { method, path }: FaultTarget): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(`${method} ${path}`)
}
