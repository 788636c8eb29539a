import type { Scope } from './scope.js'

/** What is granted of one kind: `*` for all, or the listed keys. */
export type Grant = '*' | ReadonlySet<string>

/** Whose data a principal may see. Data that is not granted looks to it as if it did not exist. */
export interface Grants {
  /** OpenStack project ids: all their bills, quotations, usage and credits. */
  readonly projects: Grant
  /** Prefixes of hosted customers: their lines on any project's bill, and no other part of the bill. */
  readonly prefixes: Grant
  /** 3scale account ids: those buyers' invoices and related data. */
  readonly buyers: Grant
}

/** An authenticated caller and its rights. Scopes say what it may do, grants say whose data it sees. */
export interface Principal {
  /**
   * Identifies the caller in logs, limits and cache keys, for example `key:router`. Neither a secret nor derived from one.
   */
  readonly id: string
  readonly scopes: ReadonlySet<Scope>
  readonly grants: Grants
}
