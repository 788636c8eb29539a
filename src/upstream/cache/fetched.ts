import { earliest } from '../../domain/as-of.js'

/** When an upstream said something, and whether it can still be asked. */
export interface Provenance {
  /** RFC 3339, UTC. */
  readonly asOf: string
  /** True when it is an older answer, kept from the time when the upstream could be asked. */
  readonly stale: boolean
}

/** A decoded answer and when it came. */
export interface Fetched<T> extends Provenance {
  readonly answer: T
}

/** Of several answers together: as old as the oldest, and stale when one is. */
export function combineProvenance(first: Provenance, rest: readonly Provenance[]): Provenance {
  return {
    asOf: earliest([first.asOf, ...rest.map(({ asOf }) => asOf)]),
    stale: [first, ...rest].some(({ stale }) => stale),
  }
}

/** How long a question may take that only asks whether anybody is there. */
export const PING_DEADLINE_MS = 3_000
