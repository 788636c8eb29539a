import type { StandInRequest } from '../handler.js'
import type { Parameters } from './parameters.js'

/** What a token may be used for. */
export type TokenScope = 'finance' | 'account_management'

/** What a member of the tenant was allowed. */
export type MemberPermission = 'finance' | 'partners'

/** A credential of one person of the tenant. */
export interface AccessToken {
  readonly value: string
  readonly scopes: readonly TokenScope[]
  /** Read only or read and write; only a write tells the two apart. */
  readonly permission: 'ro' | 'rw'
  /** The member it belongs to; without one it is an administrator, who may do everything. */
  readonly owner?: TokenOwner
}

/** A member user. */
export interface TokenOwner {
  readonly permissions: readonly MemberPermission[]
  /** The services whose applications and metrics the member sees; all when left out. */
  readonly serviceIds?: readonly number[]
}

/** The credentials a tenant accepts. */
export interface Credentials {
  readonly tokens: readonly AccessToken[]
  /** Full rights, no scopes. */
  readonly providerKey: string | undefined
}

/** What the one who asks may do. */
export interface RequestContext {
  readonly canWrite: boolean
  readonly canManageFinance: boolean
  sees(serviceId: number): boolean
}

/** Who asks; or why not: a token without the permission, or nobody that is known. */
export type Identity = RequestContext | 'unfit' | 'unknown'

/**
 * Finds out who asks and whether the scopes fit.
 *
 * @param scopes those of which a token needs one, with its owner's permission to match
 */
export function identify(
  request: StandInRequest,
  parameters: Parameters,
  credentials: Credentials,
  scopes: readonly TokenScope[],
): Identity {
  const { tokenValue, keyValue } = presentedCredentials(request, parameters)
  const token = credentials.tokens.find(({ value }) => value === tokenValue)
  // A token that is known but does not fit ends the matter, before anything else is looked at.
  if (token) return token.scopes.some(scope => scopes.includes(scope) && may(token, scope)) ? callerOf(token) : 'unfit'
  const isProvider = keyValue !== undefined && keyValue === credentials.providerKey
  return isProvider ? { canWrite: true, canManageFinance: true, sees: () => true } : 'unknown'
}

const permissionOf = { finance: 'finance', account_management: 'partners' } as const

function may({ owner }: AccessToken, scope: TokenScope): boolean {
  return owner === undefined || owner.permissions.includes(permissionOf[scope])
}

function callerOf(token: AccessToken): RequestContext {
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

// A parameter that is there but blank is not backed up by the header.
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

// The first of user and password that is not blank.
function basicCredential(header: string): string | undefined {
  const [, encoded] = /^basic\s+(\S+)\s*$/i.exec(header) ?? []
  if (encoded === undefined) return undefined
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  return [user, password].find(part => part.trim() !== '')
}
