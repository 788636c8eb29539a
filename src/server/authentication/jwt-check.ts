import { decodeJwt, decodeProtectedHeader, errors, type JWSHeaderParameters, type JWTPayload, jwtVerify } from 'jose'
import type { JwtSettings } from '../../access/caller-settings.js'
import { principalOf } from '../../access/claims.js'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import { AuthenticationError, type RejectionReason } from './authentication-error.js'
import type { IssuerKeys } from './issuer-keys.js'

/** Asymmetric signatures only: no shared secrets, and not `none`. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** Access tokens of RFC 9068 and plain JWTs. Tokens for other purposes have another type. */
const TYPES = ['jwt', 'at+jwt', 'application/at+jwt', 'application/jwt']

/** Clock skew. */
const TOLERANCE_SECONDS = 10

/** Checks JWTs of trusted issuers. */
export class JwtCheck {
  constructor(
    private readonly settings: JwtSettings,
    /** By issuer. */
    private readonly keys: ReadonlyMap<string, IssuerKeys>,
    private readonly clock: Clock,
  ) {}

  /** The principal of a token. @throws AuthenticationError; UpstreamError when the issuer's keys cannot be fetched */
  async check(token: string): Promise<Principal> {
    const { header, issuer } = readUnverified(token)
    const keys = this.keys.get(issuer)
    if (!keys) throw new AuthenticationError('jwt-issuer')
    checkHeader(header)
    const key = await keys.find(header)
    if (!key) throw new AuthenticationError('jwt-key')
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience: [...this.settings.audiences],
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: this.clock(),
      requiredClaims: ['exp', 'sub'],
    }).catch((error: unknown) => {
      throw new AuthenticationError(reasonOf(error))
    })
    this.checkLifetime(payload)
    const principal = principalOf(payload, issuer, this.settings.claims)
    if (!principal) throw new AuthenticationError('jwt-claims')
    return principal
  }

  /** A token without `iat` counts from now: leaving the claim out must not extend its life. */
  private checkLifetime({ exp = Number.POSITIVE_INFINITY, iat }: JWTPayload): void {
    const now = Math.floor(this.clock().getTime() / 1000)
    if (iat !== undefined && iat > now + TOLERANCE_SECONDS) throw new AuthenticationError('jwt-not-yet-valid')
    const issuedAt = Math.min(iat ?? now, now)
    if (exp - issuedAt > this.settings.maxLifetimeSeconds) throw new AuthenticationError('jwt-lifetime')
  }
}

/** The header and issuer of a token that is not verified yet: they only say which key to verify it with. */
function readUnverified(token: string): { readonly header: JWSHeaderParameters; readonly issuer: string } {
  try {
    const { iss = '' } = decodeJwt(token)
    return { header: decodeProtectedHeader(token), issuer: iss }
  } catch {
    throw new AuthenticationError('malformed')
  }
}

function checkHeader({ alg, typ = 'jwt' }: JWSHeaderParameters): void {
  if (alg === undefined || !ALGORITHMS.includes(alg)) throw new AuthenticationError('jwt-algorithm')
  if (!TYPES.includes(String(typ).toLowerCase())) throw new AuthenticationError('jwt-type')
}

/** The reason, without the library's message, which quotes claims. */
function reasonOf(error: unknown): RejectionReason {
  if (error instanceof errors.JWTExpired) return 'jwt-expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'jwt-signature'
  // An error of the key: too short, or unfit for the algorithm.
  if (!(error instanceof errors.JOSEError)) return 'jwt-key'
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'malformed'
  if (error.claim === 'aud') return 'jwt-audience'
  return error.claim === 'nbf' && error.reason === 'check_failed' ? 'jwt-not-yet-valid' : 'jwt-claims'
}
