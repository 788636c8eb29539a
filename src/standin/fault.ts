import type { FaultKind } from './fault-kind.js'

/** Something that goes wrong with some requests to a stand-in. */
export interface Fault {
  /** Method and path as sent, without the query; `*` is any text: `GET /v2/invoices`, `* /v2/*`, `*`. */
  readonly route: string
  readonly kind: FaultKind
  /** How many requests it befalls. Default: all. */
  readonly count?: number
  /** How many of the route pass unharmed first. Default: none. */
  readonly skip?: number
  /** Of a `status`: what `Retry-After` says. Default: no such header. */
  readonly retryAfter?: number | string
}

/** A fault whose turn it is. */
export interface DueFault {
  readonly fault: Fault
  /** When it struck for the first time, by `Date.now()`. */
  readonly since: number
}

/** The parts of a request that faults go by. */
export interface FaultTarget {
  readonly method: string
  readonly path: string
}

/**
 * Picks the fault that befalls a request: of those in `faults` at the time, the first for its route whose turn it is.
 * A fault counts the requests that reach it, not those an earlier one has taken. Pushed again, the same object counts
 * on where it was; another begins anew.
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

/** Whether `pattern` stands for the method and path. */
export function isRouteOf(pattern: string, { method, path }: FaultTarget): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(`${method} ${path}`)
}
