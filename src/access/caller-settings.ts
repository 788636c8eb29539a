import type { ClaimNames } from './claims.js'
import type { KeyFile } from './key-file.js'
import type { PublicKeySet } from './key-set.js'

/** How callers authenticate. With `open` they need not, and every caller has full access. */
export type CallerSettings = 'open' | CallerChecks

/** The accepted kinds of credentials. Null for a kind that is not accepted; at least one is not null. */
export interface CallerChecks {
  readonly jwt: JwtSettings | null
  readonly keys: KeyFile | null
  readonly keystone: KeystoneCallerSettings | null
}

/** Which JWTs are accepted, and how their claims are read. */
export interface JwtSettings {
  readonly issuers: readonly IssuerSettings[]
  /** A token's `aud` has to name one of them. */
  readonly audiences: readonly string[]
  /** The longest accepted time between a token's `iat` and `exp`. */
  readonly maxLifetimeSeconds: number
  readonly claims: ClaimNames
}

/** An accepted issuer of JWTs. */
export interface IssuerSettings {
  /** Exactly as in the claim `iss`. */
  readonly issuer: string
  readonly keys: IssuerKeySource
}

/** Where an issuer's public keys come from: its OpenID configuration, a URL, or a file that was read. */
export type IssuerKeySource =
  | { readonly kind: 'discovery' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'set'; readonly set: PublicKeySet }

/** Which Keystone tokens may read. */
export interface KeystoneCallerSettings {
  /** Roles of which any, in the token's project, allows `billing:read` and `costs:read` for that project. */
  readonly roles: ReadonlySet<string>
}
