/**
 * Why a caller is not believed. For the log alone: whoever tries credentials learns from every one of these the same.
 *
 * - `missing`: there is no credential
 * - `several`: more than one; which of them counts would be a guess
 * - `too-long`, `malformed`: it is looked at no further
 * - `way-not-open`: a kind of credential that is not taken here
 * - `key-…`: an API key that is nobody's, or was replaced and has come to its end
 * - `jwt-…`: an issuer that is not trusted, a key that is not the issuer's, and so on through the checks of a token
 * - `keystone-…`: a token that Keystone does not know (any more), or one for no project
 */
export type RefusalReason =
  | 'missing'
  | 'several'
  | 'too-long'
  | 'malformed'
  | 'way-not-open'
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

/** Who calls has not proved who he is. */
export class RefusedCallerError extends Error {
  constructor(readonly reason: RefusalReason) {
    super(`the caller is refused: ${reason}`)
    this.name = 'RefusedCallerError'
  }
}

/** So many callers are being checked that nobody else is: nothing is known of this one. */
export class TooManyChecksError extends Error {
  constructor() {
    super('too many callers are being checked')
    this.name = 'TooManyChecksError'
  }
}
