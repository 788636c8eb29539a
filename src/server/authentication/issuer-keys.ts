import { type CryptoKey, createLocalJWKSet, errors, type JWSHeaderParameters, type LocalJWKSet } from 'jose'
import type { PublicKeySet } from '../../access/key-set.js'

/** The keys by which one issuer signs; another issuer's are never among them. */
export interface IssuerKeys {
  /**
   * The key that a token's header asks for; null when the issuer has none such, or several.
   *
   * @throws UpstreamError when the issuer cannot be asked, and nothing it said before is left
   */
  find(header: JWSHeaderParameters): Promise<CryptoKey | null>
}

/** Keys that are known and stay so. */
export class FixedIssuerKeys implements IssuerKeys {
  private readonly lookUp: LocalJWKSet

  constructor(set: PublicKeySet) {
    this.lookUp = createLocalJWKSet(set)
  }

  async find(header: JWSHeaderParameters): Promise<CryptoKey | null> {
    try {
      return await this.lookUp(header)
    } catch (error) {
      // Besides a key that is not there: one that is too short, or none at all.
      if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException) return null
      throw error
    }
  }
}
