import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import { withoutRequestContext } from '../../request/request-context.js'
import { PING_DEADLINE_MS } from '../cache/fetched.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { UpstreamDeniedError, UpstreamFormatError } from '../http/errors.js'
import type { HttpRequest, HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHttp } from '../http/upstream-http.js'
import { type KeystoneCredential, toAuthRequest } from './credential.js'
import { type KeystoneSession, type KeystoneStanding, requireProject, type ScopedToken, toSession } from './session.js'
import type * as wire from './wire.js'

/** How a Keystone is reached, and with which credential. */
export interface KeystoneOptions {
  readonly http: UpstreamHttp
  /** The path of the v3 API on that origin: `/v3`. */
  readonly basePath: string
  readonly credential: KeystoneCredential
  readonly clock: Clock
  readonly decoders: DecodePool
}

/** A token that expires sooner than this is renewed before it is used. */
const RENEW_BEFORE_MS = 120_000

/** Shutdown waits no longer than this for a token to be revoked. */
const REVOKE_DEADLINE_MS = 1_000

interface Login {
  readonly token: string
  readonly body: ScopedToken
}

/** Sessions of one credential. Tokens stay in this object's memory. Concurrent callers share one authentication. */
export class Keystone {
  private current: KeystoneSession | null = null
  /** The newest session, whether its token is still valid or not. */
  private last: KeystoneSession | null = null
  /** The newest token that Keystone issued here, scoped or not. Older ones were refused or are about to expire. */
  private issued: string | null = null
  private readonly logins = new Coalescer<KeystoneSession>()

  constructor(private readonly options: KeystoneOptions) {}

  /**
   * A session that is valid for at least two more minutes, where Keystone grants that much; with a configured token, for what is
   * left of it.
   *
   * @throws UpstreamDeniedError when Keystone refuses the credential; UpstreamError when it cannot be reached
   */
  async session(): Promise<KeystoneSession> {
    if (this.current && this.isUsable(this.current)) return this.current
    // Every request needs the session: a login goes on when the caller that started it disconnects.
    return withoutRequestContext(() => this.logins.run('session', () => this.authenticate()))
  }

  /**
   * The project, roles and endpoints of the newest session. They do not change with a token, so cached responses of those endpoints
   * are found even while Keystone fails.
   *
   * @throws what `session` throws, before the first login
   */
  async standing(): Promise<KeystoneStanding> {
    return this.last ?? (await this.session())
  }

  /** Drops a token that a server has refused. A newer one is kept. */
  drop(token: string): void {
    if (this.current?.token === token) this.current = null
  }

  /**
   * The projects in which the credential's user has a role, as Keystone lists them. Uses the newest token, scoped or not: the list is
   * empty before the first login, and for an application credential, which is bound to one project.
   *
   * @throws UpstreamError
   */
  async projects(): Promise<readonly wire.Project[]> {
    const token = this.newestToken()
    if (token === null) return []
    const response = await this.send('/auth/projects', {
      method: 'GET',
      headers: { 'x-auth-token': token },
      deadlineMs: PING_DEADLINE_MS,
    })
    if (response.status !== 200) throw errorOfStatus(response)
    return this.options.decoders.decode('keystoneProjects', response.body, response.request)
  }

  /** Revokes the token that Keystone issued, if that is quickly done. A configured token is left alone. */
  async revoke(): Promise<void> {
    const token = this.issued
    if (token === null) return
    this.issued = null
    this.current = null
    const request = { method: 'DELETE', headers: aboutItself(token), deadlineMs: REVOKE_DEADLINE_MS } as const
    // A token that is not revoked expires by itself within hours.
    await this.send('/auth/tokens', request).catch(() => {})
  }

  private isUsable({ expiresAt }: KeystoneSession): boolean {
    const { credential, clock } = this.options
    // A session of a configured token never outlives that token, so renewing it early gains nothing.
    const reserveMs = credential.method === 'token' ? 0 : RENEW_BEFORE_MS
    return expiresAt.getTime() - clock().getTime() > reserveMs
  }

  private newestToken(): string | null {
    const { credential } = this.options
    if (credential.method === 'application_credential') return null
    return this.current?.token ?? this.issued ?? (credential.method === 'token' ? credential.token : null)
  }

  private async authenticate(): Promise<KeystoneSession> {
    const { token, body } = await this.login()
    this.current = toSession(token, body, body.catalog ?? (await this.catalogOf(token)))
    this.last = this.current
    return this.current
  }

  private login(): Promise<Login> {
    const { credential } = this.options
    const body = toAuthRequest(credential)
    if (body !== null) return this.issue(body)
    return this.validate(credential.method === 'token' ? credential.token : '')
  }

  private async issue(body: object): Promise<Login> {
    const headers = { 'content-type': 'application/json' }
    const response = await this.send('/auth/tokens', { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.status !== 201) throw refusalOf(response)
    const token = response.headers['x-subject-token']
    if (token === undefined || !/^[\x21-\x7e]{1,8192}$/.test(token)) {
      throw new UpstreamFormatError('its header has no token', response.request)
    }
    this.issued = token
    return { token, body: await this.readToken(response) }
  }

  /** Login with a configured token, which authenticates its own validation. */
  private async validate(token: string): Promise<Login> {
    const response = await this.send('/auth/tokens', { method: 'GET', headers: aboutItself(token) })
    if (response.status !== 200) throw refusalOf(response)
    return { token, body: await this.readToken(response) }
  }

  /** The catalog of a token that came without one. A token that may not read it can still use configured endpoints. */
  private async catalogOf(token: string): Promise<readonly wire.CatalogService[]> {
    const response = await this.send('/auth/catalog', { method: 'GET', headers: { 'x-auth-token': token } })
    if ([401, 403, 404].includes(response.status)) return []
    if (response.status !== 200) throw errorOfStatus(response)
    return this.options.decoders.decode('keystoneCatalog', response.body, response.request)
  }

  private async readToken({ body, request }: HttpResponse): Promise<ScopedToken> {
    return requireProject(await this.options.decoders.decode('keystoneToken', body, request), request)
  }

  private send(
    path: string,
    request: Pick<HttpRequest, 'method' | 'headers' | 'body' | 'deadlineMs'>,
  ): Promise<HttpResponse> {
    return this.options.http.send({
      ...request,
      template: `/v3${path}`,
      path: `${this.options.basePath}${path}`,
      headers: { accept: 'application/json', ...request.headers },
    })
  }
}

/** Headers of a request about a token that this token itself authenticates. */
function aboutItself(token: string): Readonly<Record<string, string>> {
  return { 'x-auth-token': token, 'x-subject-token': token }
}

/** Keystone answers 401 alike for a wrong password, an unknown user or project, and a project without a role. */
function refusalOf(response: HttpResponse): Error {
  if (![400, 401, 403, 404].includes(response.status)) return errorOfStatus(response)
  const problem = "refused the gateway's credential: check user, secret, domain and project"
  return new UpstreamDeniedError(problem, response.request)
}
