import type { StandInRequest, StandInResponse } from '../handler.js'
import { keystoneUnavailable, unauthorized } from './errors.js'
import type { Token, TokenStore } from './tokens.js'

/** Token check in front of a rating service. It validates tokens with Keystone and caches the results. */
export type TokenCheck = (request: StandInRequest) => { readonly token: Token } | { readonly refusal: StandInResponse }

/** Options of a token check. */
export interface TokenCheckOptions {
  readonly tokens: TokenStore
  /** URL of Keystone in the 401. */
  readonly keystoneUrl: () => string
  readonly isKeystoneDown: () => boolean
  readonly clock: () => Date
  /** How long a valid token stays cached, even if Keystone revokes it. An expired token is not valid. */
  readonly memorySeconds: number
}

/** Token check of one rating server. Each server has its own cache. */
export function createTokenCheck(options: TokenCheckOptions): TokenCheck {
  const { tokens, keystoneUrl, isKeystoneDown, clock, memorySeconds } = options
  const seen = new Map<string, { readonly token: Token; readonly at: Date; readonly generation: number }>()
  const findCached = (id: string): Token | undefined => {
    const memory = seen.get(id)
    const now = clock()
    if (!memory || memory.generation !== tokens.generation) return undefined
    const isFresh = now.getTime() - memory.at.getTime() < memorySeconds * 1000 && memory.token.expiresAt > now
    return isFresh ? memory.token : undefined
  }
  return ({ headers }) => {
    const id = headers['x-auth-token']
    if (!id) return { refusal: unauthorized(keystoneUrl()) }
    const known = findCached(id)
    if (known) return { token: known }
    if (isKeystoneDown()) return { refusal: keystoneUnavailable() }
    const token = tokens.find(id)
    if (!token) return { refusal: unauthorized(keystoneUrl()) }
    seen.set(id, { token, at: clock(), generation: tokens.generation })
    return { token }
  }
}
