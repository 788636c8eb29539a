import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import { withoutRequestContext } from '../../request/request-context.js'
import { PING_DEADLINE_MS } from '../cache/fetched.js'
import type { Decoded, DecoderName } from '../decoding/decoders.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { UpstreamDeniedError, UpstreamFormatError } from '../http/errors.js'
import type { HttpRequest, HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHttp } from '../http/upstream-http.js'
import { type KeystoneCredential, toAuthRequest } from './credential.js'
import {
  type KeystoneSession,
  type KeystoneStanding,
  type Login,
  requireProject,
  type ScopedToken,
  toSession,
} from './session.js'
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

/** A token is renewed this long before it expires, or after three quarters of a shorter life. */
const RENEW_BEFORE_MS = 120_000
const RENEW_BEFORE_PART = 1 / 4

/** A token is used at least this long, whatever its expiry: clocks can be wrong. One that a server refuses is dropped earlier. */
const MIN_USE_MS = 5_000

/** Of more tokens than these, the oldest are left to expire. */
const MAX_ISSUED = 32

/** Shutdown waits no longer than this for tokens to be revoked. */
const REVOKE_DEADLINE_MS = 1_000

/** Sessions of one credential. Tokens stay in this object's memory. Concurrent callers share one authentication. */
export class Keystone {
  private current: KeystoneSession | null = null
  /** The newest session, whether its token is still valid or not. */
  private last: KeystoneSession | null = null
  /** The tokens that Keystone issued here, scoped or not, oldest first, and until when each may be valid. */
  private readonly issued = new Map<string, number>()
  private readonly logins = new Coalescer<KeystoneSession>()

  constructor(private readonly options: KeystoneOptions) {}

  /**
   * A session that is valid for at least two more minutes, or for a quarter of a shorter life; with a configured token, for what
   * is left of it.
   *
   * @throws UpstreamDeniedError when Keystone refuses the credential; UpstreamError when it cannot be reached
   */
  async session(): Promise<KeystoneSession> {
    if (this.current && this.options.clock().getTime() < this.current.renewAt) return this.current
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
    return this.decode('keystoneProjects', response)
  }

  /** Revokes the tokens that Keystone issued, if that is quickly done. A configured token is left alone. */
  async revoke(): Promise<void> {
    this.current = null
    const now = this.options.clock().getTime()
    const valid = [...this.issued].filter(([, until]) => until > now)
    this.issued.clear()
    const revocations = valid.map(async ([token]) => {
      const request = { method: 'DELETE', headers: aboutItself(token), deadlineMs: REVOKE_DEADLINE_MS } as const
      // A token that is not revoked expires by itself within hours.
      await this.send('/auth/tokens', request).catch(() => {})
    })
    await Promise.all(revocations)
  }

  /** When a token is to be renewed that may be used for so long from `sentAt` on. */
  private renewAt(sentAt: number, lifeMs: number): number {
    // A session of a configured token never outlives that token, so renewing it early gains nothing.
    const isConfigured = this.options.credential.method === 'token'
    const reserveMs = isConfigured ? 0 : Math.min(RENEW_BEFORE_MS, lifeMs * RENEW_BEFORE_PART)
    return sentAt + Math.max(MIN_USE_MS, lifeMs - reserveMs)
  }

  /** Keeps a token to be revoked at the end, until it has expired. */
  private noteIssued(token: string, validUntil: number): void {
    const now = this.options.clock().getTime()
    this.issued.set(token, validUntil)
    for (const [other, until] of this.issued) {
      if (until <= now || this.issued.size > MAX_ISSUED) this.issued.delete(other)
    }
  }

  private newestToken(): string | null {
    const { credential } = this.options
    if (credential.method === 'application_credential') return null
    return (
      this.current?.token ?? [...this.issued.keys()].at(-1) ?? (credential.method === 'token' ? credential.token : null)
    )
  }

  private async authenticate(): Promise<KeystoneSession> {
    const login = await this.login()
    this.current = toSession(login, login.body.catalog ?? (await this.catalogOf(login.token)))
    this.last = this.current
    return this.current
  }

  private login(): Promise<Login> {
    const { credential } = this.options
    const body = toAuthRequest(credential)
    if (body !== null) return this.issue(body)
    return this.validate(credential.method === 'token' ? credential.token : '')
  }

  private async issue(request: object): Promise<Login> {
    const sentAt = this.options.clock().getTime()
    const headers = { 'content-type': 'application/json' }
    const response = await this.send('/auth/tokens', { method: 'POST', headers, body: JSON.stringify(request) })
    if (response.status !== 201) throw refusalOf(response)
    const token = await this.options.http.reading(() => issuedToken(response))
    this.noteIssued(token, Number.POSITIVE_INFINITY)
    const body = await this.readToken(response)
    // By Keystone's clock, where it tells the time: the gateway's may be wrong.
    const issuedAt = body.issued_at === undefined ? sentAt : Date.parse(body.issued_at)
    const lifeMs = Date.parse(body.expires_at) - issuedAt
    this.noteIssued(token, sentAt + Math.max(MIN_USE_MS, lifeMs))
    return { token, body, renewAt: this.renewAt(sentAt, lifeMs) }
  }

  /** Login with a configured token, which authenticates its own validation. */
  private async validate(token: string): Promise<Login> {
    const sentAt = this.options.clock().getTime()
    const response = await this.send('/auth/tokens', { method: 'GET', headers: aboutItself(token) })
    if (response.status !== 200) throw refusalOf(response)
    const body = await this.readToken(response)
    return { token, body, renewAt: this.renewAt(sentAt, Date.parse(body.expires_at) - sentAt) }
  }

  /** The catalog of a token that came without one. A token that may not read it can still use configured endpoints. */
  private async catalogOf(token: string): Promise<readonly wire.CatalogService[]> {
    const response = await this.send('/auth/catalog', { method: 'GET', headers: { 'x-auth-token': token } })
    if ([401, 403, 404].includes(response.status)) return []
    if (response.status !== 200) throw errorOfStatus(response)
    return this.decode('keystoneCatalog', response)
  }

  private async readToken(response: HttpResponse): Promise<ScopedToken> {
    return requireProject(await this.decode('keystoneToken', response), response.request)
  }

  private decode<N extends DecoderName>(decoder: N, { body, request }: HttpResponse): Promise<Decoded<N>> {
    const { http, decoders } = this.options
    return http.reading(() => decoders.decode(decoder, body, request))
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

function issuedToken({ headers, request }: HttpResponse): string {
  const token = headers['x-subject-token']
  if (token !== undefined && /^[\x21-\x7e]{1,8192}$/.test(token)) return token
  throw new UpstreamFormatError('its header has no token', request)
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
