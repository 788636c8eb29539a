import { z } from 'zod'
import { forWhoeverAsks } from '../caller.js'
import type { Clock } from '../clock.js'
import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest } from '../errors.js'
import type { HttpAnswer, HttpRequest, ReadAnswer, UpstreamHttp } from '../http.js'
import { parseJson } from '../json.js'
import { decodeShape } from '../shape.js'
import { errorOfStatus } from '../status.js'
import { type KeystoneCredential, toAuthRequest } from './credential.js'

/** One service's address in one region. */
export interface CatalogEndpoint {
  readonly region: string
  readonly interface: string
  readonly url: string
}

/** A Keystone token and what it stands for. */
export interface KeystoneSession {
  /** Secret. */
  readonly token: string
  readonly expiresAt: Date
  readonly project: { readonly id: string; readonly name: string }
  readonly roles: readonly string[]
  /** The endpoints of a service type, in the catalog's order. */
  endpointsOf(serviceType: string): readonly CatalogEndpoint[]
}

/** How a Keystone is spoken to. */
export interface KeystoneOptions {
  readonly http: UpstreamHttp
  /** The path of the v3 API on that origin: `/v3`. */
  readonly basePath: string
  readonly credential: KeystoneCredential
  readonly clock: Clock
}

/** A token with less life left than this is renewed before it is used. */
const RENEW_BEFORE_MS = 120_000

const tokenBody = z.object({
  token: z.object({
    expires_at: z.iso.datetime(),
    project: z.object({ id: z.string().min(1), name: z.string() }).optional(),
    roles: z.array(z.object({ name: z.string() })).optional(),
    catalog: z
      .array(
        z.object({
          type: z.string(),
          endpoints: z.array(
            z.object({
              interface: z.string(),
              url: z.string(),
              region_id: z.string().nullish(),
              region: z.string().nullish(),
            }),
          ),
        }),
      )
      .optional(),
  }),
})

type TokenBody = z.infer<typeof tokenBody>['token']

/**
 * Tokens of one credential. They live in this object's memory only; one authentication is under way at a time, however
 * many ask.
 */
export class Keystone {
  private current: KeystoneSession | null = null
  private pending: Promise<KeystoneSession> | null = null

  constructor(private readonly options: KeystoneOptions) {}

  /**
   * A session with at least two minutes of life, where Keystone gives so much; of a token that was handed in, whatever is left.
   *
   * @throws UpstreamDeniedError when Keystone refuses the credential, and the errors of an exchange
   */
  session(): Promise<KeystoneSession> {
    if (this.current && this.hasLife(this.current)) return Promise.resolve(this.current)
    this.pending ??= forWhoeverAsks(() => this.authenticate()).finally(() => {
      this.pending = null
    })
    return this.pending
  }

  /** Drops a token that a server has refused. A newer one, fetched meanwhile for somebody else, is kept. */
  drop(token: string): void {
    if (this.current?.token === token) this.current = null
  }

  private hasLife({ expiresAt }: KeystoneSession): boolean {
    const { credential, clock } = this.options
    // What is got for a token that was handed in never outlives that one, so it is used to its end.
    const reserve = credential.method === 'token' ? 0 : RENEW_BEFORE_MS
    return expiresAt.getTime() - clock().getTime() > reserve
  }

  private async authenticate(): Promise<KeystoneSession> {
    const { credential } = this.options
    const body = toAuthRequest(credential)
    this.current = body === null ? await this.inspect(credential) : await this.issue(body)
    return this.current
  }

  private issue(body: object): Promise<KeystoneSession> {
    const headers = { 'content-type': 'application/json' }
    return this.ask({ method: 'POST', headers, body: JSON.stringify(body) }, (answer, asked) => {
      if (answer.status !== 201) throw refusal(answer, asked)
      const token = answer.headers['x-subject-token']
      if (token === undefined || !/^[\x21-\x7e]{1,8192}$/.test(token)) {
        throw new UpstreamFormatError('there is no token in its header', asked)
      }
      return toSession(token, decodeShape(tokenBody, parseJson(answer.body, asked), asked).token, asked)
    })
  }

  /** What a token that was handed in stands for: Keystone is asked about it with itself. */
  private inspect(credential: KeystoneCredential): Promise<KeystoneSession> {
    const token = credential.method === 'token' ? credential.token : ''
    const headers = { 'x-auth-token': token, 'x-subject-token': token }
    return this.ask({ method: 'GET', headers }, (answer, asked) => {
      if (answer.status !== 200) throw refusal(answer, asked)
      return toSession(token, decodeShape(tokenBody, parseJson(answer.body, asked), asked).token, asked)
    })
  }

  private ask<T>(request: Pick<HttpRequest, 'method' | 'headers' | 'body'>, read: ReadAnswer<T>): Promise<T> {
    return this.options.http.ask(
      {
        ...request,
        template: '/v3/auth/tokens',
        path: `${this.options.basePath}/auth/tokens`,
        headers: { accept: 'application/json', ...request.headers },
      },
      read,
    )
  }
}

/** Keystone answers 401 alike for a wrong password, an unknown user or project, and a project without a role. */
function refusal(answer: HttpAnswer, asked: UpstreamRequest): Error {
  if ([400, 401, 403, 404].includes(answer.status)) {
    return new UpstreamDeniedError("refused the gateway's credential: check user, secret, domain and project", asked)
  }
  return errorOfStatus(answer, asked)
}

function toSession(token: string, body: TokenBody, asked: UpstreamRequest): KeystoneSession {
  const { project, roles = [], catalog = [] } = body
  if (!project) throw new UpstreamDeniedError('gave a token without a project: name one', asked)
  return {
    token,
    expiresAt: new Date(body.expires_at),
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
