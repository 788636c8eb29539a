import type { Scope } from './scope.js'

/** Everything there is of a kind, or just these. */
export type Grant = '*' | ReadonlySet<string>

/** Whose bills somebody may see: what is not granted does not exist for him. */
export interface Grants {
  /** OpenStack project ids: their bills, quotations, usage and credits, whole. */
  readonly projects: Grant
  /** Prefixes of hosted customers: their lines on any project's bill, and nothing of the bill around them. */
  readonly prefixes: Grant
  /** 3scale account ids: those buyers' invoices and all that belongs to them. */
  readonly buyers: Grant
}

/** Who is calling, as it was proved. */
export interface Principal {
  /**
   * One text a caller, whatever the way it identified itself: for logs, limits and the keys of caches. Never a secret, nor
   * anything made of one.
   */
  readonly id: string
  readonly scopes: ReadonlySet<Scope>
  readonly grants: Grants
}
