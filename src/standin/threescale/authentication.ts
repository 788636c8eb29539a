import type { StandInRequest } from '../handler.js'
import type { Parameters } from './parameters.js'

/** Scope of an access token. */
export type TokenScope = 'finance' | 'account_management'

/** Permission of a member of the tenant. */
export type MemberPermission = 'finance' | 'partners'

/** Access token of a user of the tenant. */
export interface AccessToken {
  readonly value: string
  readonly scopes: readonly TokenScope[]
  /** Read-only, or read and write. Only a write shows the difference. */
  readonly permission: 'ro' | 'rw'
  /** Member that owns the token. Default: an administrator with all permissions. */
  readonly owner?: TokenOwner
}

/** Member of the tenant. */
export interface TokenOwner {
  readonly permissions: readonly MemberPermission[]
  /** Services whose applications and metrics the member sees. Default: all. */
  readonly serviceIds?: readonly number[]
}

/** Credentials that a tenant accepts. */
export interface Credentials {
  readonly tokens: readonly AccessToken[]
  /** Legacy key with all rights. */
  readonly providerKey: string | undefined
}

/** Rights of an authenticated caller. */
export interface CallerRights {
  readonly canWrite: boolean
  readonly canManageFinance: boolean
  sees(serviceId: number): boolean
}

/** Rights of the caller, or the reason of a rejection: a token without the scope, or an unknown credential. */
export type Identity = CallerRights | 'insufficient' | 'unknown'

/**
 * Authenticates a request and checks the scopes.
 *
 * @param scopes a token needs one of these, and its owner the matching permission
 */
export function identify(
  request: StandInRequest,
  parameters: Parameters,
  credentials: Credentials,
  scopes: readonly TokenScope[],
): Identity {
  const { tokenValue, keyValue } = presentedCredentials(request, parameters)
  const token = credentials.tokens.find(({ value }) => value === tokenValue)
  // A known token without the scope is rejected even if a provider key is sent too.
  if (token)
    return token.scopes.some(scope => scopes.includes(scope) && may(token, scope)) ? callerOf(token) : 'insufficient'
  const isProvider = keyValue !== undefined && keyValue === credentials.providerKey
  return isProvider ? { canWrite: true, canManageFinance: true, sees: () => true } : 'unknown'
}

const permissionOf = { finance: 'finance', account_management: 'partners' } as const

function may({ owner }: AccessToken, scope: TokenScope): boolean {
  return owner === undefined || owner.permissions.includes(permissionOf[scope])
}

function callerOf(token: AccessToken): CallerRights {
  const serviceIds = token.owner?.serviceIds
  return {
    canWrite: token.permission === 'rw',
    canManageFinance: may(token, 'finance'),
    sees: serviceId => serviceIds === undefined || serviceIds.includes(serviceId),
  }
}

interface PresentedCredentials {
  readonly tokenValue: string | undefined
  readonly keyValue: string | undefined
}

// The header is ignored if there is a parameter, even a blank one.
function presentedCredentials(request: StandInRequest, parameters: Parameters): PresentedCredentials {
  if (parameters.has('access_token') || parameters.has('provider_key')) {
    return {
      tokenValue: parameters.text('access_token')?.trim() || undefined,
      keyValue: parameters.text('provider_key')?.trim() || undefined,
    }
  }
  const value = basicCredential(request.headers.authorization ?? '')
  return { tokenValue: value, keyValue: value }
}

// User or password, whichever is not blank.
function basicCredential(header: string): string | undefined {
  const [, encoded] = /^basic\s+(\S+)\s*$/i.exec(header) ?? []
  if (encoded === undefined) return undefined
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  return [user, password].find(part => part.trim() !== '')
}
