import { decodeJwt, decodeProtectedHeader, errors, type JWSHeaderParameters, type JWTPayload, jwtVerify } from 'jose'
import type { JwtSettings } from '../../access/caller-settings.js'
import { principalOf } from '../../access/claims.js'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import { type RefusalReason, RefusedCallerError } from './authentication-error.js'
import type { IssuerKeys } from './issuer-keys.js'

/** Signatures that only the holder of a private key can make. Never a shared secret, and never none at all. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** An access token by RFC 9068, or one that says nothing special; tokens made for another end say so here. */
const TYPES = ['jwt', 'at+jwt', 'application/at+jwt', 'application/jwt']

/** What two clocks may differ by. */
const TOLERANCE_SECONDS = 10

/** Tokens of the issuers that are trusted. */
export class JwtCheck {
  constructor(
    private readonly settings: JwtSettings,
    /** By issuer. */
    private readonly keys: ReadonlyMap<string, IssuerKeys>,
    private readonly clock: Clock,
  ) {}

  /** @throws RefusedCallerError; UpstreamError when the issuer's keys cannot be had */
  async check(token: string): Promise<Principal> {
    const { header, issuer } = readUnproven(token)
    const keys = this.keys.get(issuer)
    if (!keys) throw new RefusedCallerError('jwt-issuer')
    checkHeader(header)
    const key = await keys.find(header)
    if (!key) throw new RefusedCallerError('jwt-key')
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience: [...this.settings.audiences],
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: this.clock(),
      requiredClaims: ['exp', 'sub'],
    }).catch((error: unknown) => {
      throw new RefusedCallerError(reasonOf(error))
    })
    this.checkLifetime(payload)
    const principal = principalOf(payload, issuer, this.settings.claims)
    if (!principal) throw new RefusedCallerError('jwt-claims')
    return principal
  }

  /** Counted from now when the token does not say since when: nobody is given more by saying less. */
  private checkLifetime({ exp = Number.POSITIVE_INFINITY, iat }: JWTPayload): void {
    const now = Math.floor(this.clock().getTime() / 1000)
    if (iat !== undefined && iat > now + TOLERANCE_SECONDS) throw new RefusedCallerError('jwt-not-yet-valid')
    const since = Math.min(iat ?? now, now)
    if (exp - since > this.settings.maxLifetimeSeconds) throw new RefusedCallerError('jwt-lifetime')
  }
}

/** Which issuer and which key a token claims to be of. Nothing of this is believed: it says where to look. */
function readUnproven(token: string): { readonly header: JWSHeaderParameters; readonly issuer: string } {
  try {
    const { iss = '' } = decodeJwt(token)
    return { header: decodeProtectedHeader(token), issuer: iss }
  } catch {
    throw new RefusedCallerError('malformed')
  }
}

function checkHeader({ alg, typ = 'jwt' }: JWSHeaderParameters): void {
  if (alg === undefined || !ALGORITHMS.includes(alg)) throw new RefusedCallerError('jwt-algorithm')
  if (!TYPES.includes(String(typ).toLowerCase())) throw new RefusedCallerError('jwt-type')
}

/** Of what is wrong with a token, one word. The library's own texts quote claims. */
function reasonOf(error: unknown): RefusalReason {
  if (error instanceof errors.JWTExpired) return 'jwt-expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'jwt-signature'
  // Not of the token but of the key by which it would be verified: one too short, or unfit for the algorithm.
  if (!(error instanceof errors.JOSEError)) return 'jwt-key'
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'malformed'
  if (error.claim === 'aud') return 'jwt-audience'
  return error.claim === 'nbf' && error.reason === 'check_failed' ? 'jwt-not-yet-valid' : 'jwt-claims'
}
