/**
 * Why a credential is rejected. For the log only: every caller gets the same response.
 *
 * - `missing`: no credential
 * - `several`: more than one; which of them counts would be a guess
 * - `too-long`, `malformed`: not checked any further
 * - `method-disabled`: a kind of credential that is not configured
 * - `key-…`: an API key that is unknown, or was rotated and has expired
 * - `jwt-…`: an issuer that is not trusted, a key that is not the issuer's, and so on for each check of a token
 * - `keystone-…`: a token that Keystone does not know or no longer accepts, or one without a project
 */
export type RejectionReason =
  | 'missing'
  | 'several'
  | 'too-long'
  | 'malformed'
  | 'method-disabled'
  | 'key-unknown'
  | 'key-expired'
  | 'jwt-issuer'
  | 'jwt-algorithm'
  | 'jwt-type'
  | 'jwt-key'
  | 'jwt-signature'
  | 'jwt-audience'
  | 'jwt-expired'
  | 'jwt-not-yet-valid'
  | 'jwt-lifetime'
  | 'jwt-claims'
  | 'keystone-unknown'
  | 'keystone-expired'
  | 'keystone-no-project'

/** The caller is not authenticated. */
export class AuthenticationError extends Error {
  constructor(readonly reason: RejectionReason) {
    super(`authentication failed: ${reason}`)
    this.name = 'AuthenticationError'
  }
}

/** The credential was not checked, because too many others are being checked. */
export class TooManyChecksError extends Error {
  constructor() {
    super('too many credentials are being checked')
    this.name = 'TooManyChecksError'
  }
}
