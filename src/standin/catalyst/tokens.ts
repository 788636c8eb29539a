import { createHash } from 'node:crypto'

/** Issued token. */
export interface Token {
  readonly id: string
  readonly userId: string
  readonly methods: readonly string[]
  /** Missing in an unscoped token. */
  readonly projectId?: string
  readonly roles: readonly string[]
  readonly auditIds: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Set if the token was issued for an application credential. */
  readonly applicationCredential?: { readonly id: string; readonly name: string }
}

/** Keystone's store of issued tokens. */
export interface TokenStore {
  /** Issues a token. It expires with its parent, or else after the store's lifetime. */
  issue(token: Omit<Token, 'id' | 'auditIds' | 'issuedAt' | 'expiresAt'> & { readonly parent?: Token }): Token
  /** Token by id; `undefined` if it is unknown, revoked or expired. */
  find(id: string | undefined): Token | undefined
  revoke(id: string): void
  /** Revokes all tokens issued so far, also for servers that have cached them. */
  revokeAll(): void
  /** Increases with each `revokeAll`, which invalidates cached tokens. */
  readonly generation: number
}

/** Deterministic bytes for an id: the same for the same words. */
export function digest(...words: readonly (string | number)[]): Buffer {
  return createHash('sha512').update(words.join(':')).digest()
}

/** Id of 32 hex digits, as in OpenStack. */
export function hexId(...words: readonly (string | number)[]): string {
  return digest(...words)
    .toString('hex')
    .slice(0, 32)
}

/** Token store. Tokens are numbered from 1, so the same seed and requests give the same tokens. */
export function createTokenStore(options: {
  readonly seed: number
  readonly lifeSeconds: number
  readonly clock: () => Date
}): TokenStore {
  const { seed, lifeSeconds, clock } = options
  const tokens = new Map<string, Token>()
  let issued = 0
  let generation = 0
  return {
    issue({ parent, ...token }) {
      issued += 1
      // Keystone's times are in whole seconds.
      const issuedAt = new Date(Math.floor(clock().getTime() / 1000) * 1000)
      const auditId = digest('audit', seed, issued).toString('base64url').slice(0, 22)
      const complete: Token = {
        ...token,
        id: tokenId(seed, issued),
        auditIds: [auditId, ...(parent?.auditIds.slice(-1) ?? [])],
        issuedAt,
        expiresAt: parent?.expiresAt ?? new Date(issuedAt.getTime() + lifeSeconds * 1000),
      }
      tokens.set(complete.id, complete)
      return complete
    },
    find(id) {
      const token = id === undefined ? undefined : tokens.get(id)
      return token && token.expiresAt > clock() ? token : undefined
    },
    revoke(id) {
      tokens.delete(id)
    },
    revokeAll() {
      tokens.clear()
      generation += 1
    },
    get generation() {
      return generation
    },
  }
}

function tokenId(seed: number, count: number): string {
  const noise = [0, 1].map(part => digest('token', seed, count, part).toString('base64url')).join('')
  return `gAAAAA${noise}`
}
