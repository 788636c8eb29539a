import { UpstreamDeniedError, type UpstreamRequest } from '../http/errors.js'
import type * as wire from './wire.js'

/** The URL of one service in one region. */
export interface CatalogEndpoint {
  readonly region: string
  readonly interface: string
  readonly url: string
}

/** What a credential stands for. It does not change with a new token. */
export interface KeystoneStanding {
  readonly project: { readonly id: string; readonly name: string }
  readonly roles: readonly string[]
  /** The endpoints of a service type, in the catalog's order. */
  endpointsOf(serviceType: string): readonly CatalogEndpoint[]
}

/** A Keystone token, and what it stands for. */
export interface KeystoneSession extends KeystoneStanding {
  /** Secret. */
  readonly token: string
  /** When it is to be renewed, in milliseconds of the gateway's clock. */
  readonly renewAt: number
}

/** A token that is scoped to a project. The gateway cannot use any other. */
export interface ScopedToken extends wire.Token {
  readonly project: NonNullable<wire.Token['project']>
}

/** A token that Keystone has issued or validated. */
export interface Login {
  /** Secret. */
  readonly token: string
  readonly body: ScopedToken
  /** When it is to be renewed, in milliseconds of the gateway's clock. */
  readonly renewAt: number
}

/** @throws UpstreamDeniedError for a token without a project */
export function requireProject(body: wire.Token, request: UpstreamRequest): ScopedToken {
  const { project } = body
  if (!project) throw new UpstreamDeniedError('issued a token without a project: configure one', request)
  return { ...body, project }
}

/** The session of a token and its catalog. */
export function toSession(
  { token, body: { project, roles = [] }, renewAt }: Login,
  catalog: readonly wire.CatalogService[],
): KeystoneSession {
  return {
    token,
    renewAt,
    project: { id: project.id, name: project.name },
    roles: roles.map(role => role.name),
    endpointsOf: serviceType =>
      catalog
        .filter(service => service.type === serviceType)
        .flatMap(service => service.endpoints)
        .map(endpoint => ({
          region: endpoint.region_id ?? endpoint.region ?? '',
          interface: endpoint.interface,
          url: endpoint.url,
        })),
  }
}
