import type { StandInRequest, StandInResponse } from '../handler.js'
import { keystoneUnavailable, unauthorized } from './errors.js'
import type { Token, TokenStore } from './tokens.js'

/** The layer in front of a rating service that asks Keystone about tokens, and remembers the answers. */
export type TokenCheck = (request: StandInRequest) => { readonly token: Token } | { readonly refusal: StandInResponse }

/** What a token check asks. */
export interface TokenCheckOptions {
  readonly tokens: TokenStore
  /** How Keystone is named in the 401. */
  readonly keystoneUrl: () => string
  readonly isKeystoneDown: () => boolean
  readonly clock: () => Date
  /** For so long a token seen is taken for good, whatever has become of it at Keystone, unless it expires. */
  readonly memorySeconds: number
}

/** One per rating server: what one has seen the other has not. */
export function createTokenCheck(options: TokenCheckOptions): TokenCheck {
  const { tokens, keystoneUrl, isKeystoneDown, clock, memorySeconds } = options
  const seen = new Map<string, { readonly token: Token; readonly at: Date; readonly generation: number }>()
  const remembered = (id: string): Token | undefined => {
    const memory = seen.get(id)
    const now = clock()
    if (!memory || memory.generation !== tokens.generation) return undefined
    const isFresh = now.getTime() - memory.at.getTime() < memorySeconds * 1000 && memory.token.expiresAt > now
    return isFresh ? memory.token : undefined
  }
  return ({ headers }) => {
    const id = headers['x-auth-token']
    if (!id) return { refusal: unauthorized(keystoneUrl()) }
    const known = remembered(id)
    if (known) return { token: known }
    if (isKeystoneDown()) return { refusal: keystoneUnavailable() }
    const token = tokens.find(id)
    if (!token) return { refusal: unauthorized(keystoneUrl()) }
    seen.set(id, { token, at: clock(), generation: tokens.generation })
    return { token }
  }
}
