import { earliest } from '../../domain/period.js'

/** When a value was fetched, and whether the upstream failed since. */
export interface Provenance {
  /** When the upstream sent it; RFC 3339, UTC. */
  readonly asOf: string
  /** True for a cached value that could not be refreshed: the upstream failed. */
  readonly stale: boolean
}

/** A decoded value with its provenance. */
export interface Fetched<T> extends Provenance {
  readonly value: T
}

/** The provenance of several values together: as old as the oldest, stale when one is. */
export function combineProvenance(first: Provenance, rest: readonly Provenance[]): Provenance {
  return {
    asOf: earliest([first.asOf, ...rest.map(({ asOf }) => asOf)]),
    stale: [first, ...rest].some(({ stale }) => stale),
  }
}

/** Deadline of a call that only checks whether a server answers. */
export const PING_DEADLINE_MS = 3_000
