import type { ClaimNames } from './claims.js'
import type { KeyFile } from './key-file.js'
import type { PublicKeySet } from './key-set.js'

/** How callers prove who they are, whichever of these is not null; `open` takes everybody for everybody. */
export type CallerSettings = 'open' | CallerChecks

/** What is checked. At least one is not null. */
export interface CallerChecks {
  readonly jwt: JwtSettings | null
  readonly keys: KeyFile | null
  readonly keystone: KeystoneCallerSettings | null
}

/** Whose tokens are taken, and how they are read. */
export interface JwtSettings {
  readonly issuers: readonly IssuerSettings[]
  /** A token has to be meant for one of them. */
  readonly audiences: readonly string[]
  /** From its issue to its end. */
  readonly maxLifetimeSeconds: number
  readonly claims: ClaimNames
}

/** One issuer. */
export interface IssuerSettings {
  /** As the claim `iss` has it, to the letter. */
  readonly issuer: string
  readonly keys: IssuerKeySource
}

/** Where an issuer's keys are: where its OpenID configuration says, at an address, or here. */
export type IssuerKeySource =
  | { readonly kind: 'discovery' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'set'; readonly set: PublicKeySet }

/** What Keystone's tokens are worth. */
export interface KeystoneCallerSettings {
  /** Any of these in the token's project gives `billing:read` and `costs:read` for that project. */
  readonly roles: ReadonlySet<string>
}
