/** The JSON of Keystone v3 after parsing, names as sent. Only members that the gateway reads. */

/** A service and its endpoints. */
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

/** A token's description, when it is issued or validated. The token itself is in a header. */
export interface Token {
  /** RFC 3339, UTC. */
  readonly expires_at: string
  /** RFC 3339, UTC. Of a token that was just issued: the present time on Keystone's clock. */
  readonly issued_at?: string | undefined
  /** The token's owner. Read for callers' tokens only. */
  readonly user?: { readonly id: string } | undefined
  /** Absent from a token without a scope. */
  readonly project?: { readonly id: string; readonly name: string } | undefined
  readonly roles?: readonly { readonly name: string }[] | undefined
  /** Absent with `?nocatalog`, and from some validations. */
  readonly catalog?: readonly CatalogService[] | undefined
}

/** A project in which a user has a role. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
}
