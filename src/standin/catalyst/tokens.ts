import { createHash } from 'node:crypto'

/** What a token stands for. */
export interface Token {
  readonly id: string
  readonly userId: string
  readonly methods: readonly string[]
  /** Absent in an unscoped token. */
  readonly projectId?: string
  readonly roles: readonly string[]
  readonly auditIds: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Set in a token got with an application credential. */
  readonly applicationCredential?: { readonly id: string; readonly name: string }
}

/** What Keystone remembers of the tokens it issued. */
export interface TokenStore {
  /** Lasts `expiresAt`, or the life of the store from now. */
  issue(token: Omit<Token, 'id' | 'auditIds' | 'issuedAt' | 'expiresAt'> & { readonly parent?: Token }): Token
  /** `undefined` for a token unknown, revoked or expired. */
  find(id: string | undefined): Token | undefined
  revoke(id: string): void
  /** Every token issued so far, at once; also on servers that remember having seen it. */
  revokeAll(): void
  /** Grows with each `revokeAll`: what was remembered before is void. */
  readonly generation: number
}

/** Deterministic bytes for ids: the same for the same words. */
export function digest(...words: readonly (string | number)[]): Buffer {
  return createHash('sha512').update(words.join(':')).digest()
}

/** 32 hex digits, as OpenStack writes ids. */
export function hexId(...words: readonly (string | number)[]): string {
  return digest(...words)
    .toString('hex')
    .slice(0, 32)
}

/** Tokens count on from 1: the same seed and the same requests give the same tokens. */
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
      // Keystone counts in whole seconds.
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
