import type { StandInRequest } from '../server.js'
import { lastValue } from './pagination.js'

/** What a token may be used for. */
export type TokenScope = 'finance' | 'account_management'

/** A credential of one person of the tenant. */
export interface AccessToken {
  readonly value: string
  readonly scopes: readonly TokenScope[]
  /** Read only or read and write; only a write tells the two apart. */
  readonly permission: 'ro' | 'rw'
}

/** The credentials a tenant accepts. */
export interface Credentials {
  readonly tokens: readonly AccessToken[]
  /** Full rights, no scopes. */
  readonly providerKey: string | undefined
}

/**
 * Decides who asks and whether the scopes fit.
 *
 * @param scopes those of which a token needs one
 * @returns why the request is refused, in the server's words, or undefined when it may go on
 */
export function refusal(
  request: StandInRequest,
  credentials: Credentials,
  scopes: readonly TokenScope[],
): string | undefined {
  const { tokenValue, keyValue } = presentedCredentials(request)
  const token = credentials.tokens.find(({ value }) => value === tokenValue)
  // A token that is known but does not fit ends the matter, before anything else is looked at.
  if (token && !token.scopes.some(scope => scopes.includes(scope))) {
    return 'Your access token does not have the correct permissions'
  }
  const isProvider = keyValue !== undefined && keyValue === credentials.providerKey
  return token || isProvider ? undefined : 'Access denied'
}

interface PresentedCredentials {
  readonly tokenValue: string | undefined
  readonly keyValue: string | undefined
}

// A parameter that is there but blank is not backed up by the header.
function presentedCredentials(request: StandInRequest): PresentedCredentials {
  const { query } = request
  if (query.has('access_token') || query.has('provider_key')) {
    return {
      tokenValue: lastValue(query, 'access_token')?.trim() || undefined,
      keyValue: lastValue(query, 'provider_key')?.trim() || undefined,
    }
  }
  const value = basicCredential(request.headers.authorization ?? '')
  return { tokenValue: value, keyValue: value }
}

// The first of user and password that is not blank.
function basicCredential(header: string): string | undefined {
  const [, encoded] = /^basic\s+(\S+)\s*$/i.exec(header) ?? []
  if (encoded === undefined) return undefined
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  return [user, password].find(part => part.trim() !== '')
}
