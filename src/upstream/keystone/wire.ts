/** The JSON of Keystone v3 after parsing, names as sent; of what it holds, what is read here. */

/** A service and where it is. */
export interface CatalogService {
  readonly type: string
  readonly endpoints: readonly {
    readonly interface: string
    readonly url: string
    readonly region_id?: string | null | undefined
    /** The old name of `region_id`. */
    readonly region?: string | null | undefined
  }[]
}

/** What is told of a token when it is issued or validated; the token itself is in a header. */
export interface Token {
  /** RFC 3339, UTC. */
  readonly expires_at: string
  /** Whose it is; read of callers' tokens only. */
  readonly user?: { readonly id: string } | undefined
  /** Absent from a token without a scope. */
  readonly project?: { readonly id: string; readonly name: string } | undefined
  readonly roles?: readonly { readonly name: string }[] | undefined
  /** Left out where the question says `?nocatalog`, and by some that validate. */
  readonly catalog?: readonly CatalogService[] | undefined
}

/** A project that a user has a role in. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
}
