import type { Clock } from '../../request/clock.js'
import { withoutRequestContext } from '../../request/request-context.js'
import { PING_DEADLINE_MS } from '../cache/fetched.js'
import { decoding } from '../decoding/worker-pool.js'
import { UpstreamDeniedError, UpstreamFormatError } from '../http/errors.js'
import { errorOfStatus } from '../http/status.js'
import type { HttpRequest, HttpResponse, UpstreamHttp } from '../http/upstream-http.js'
import { type KeystoneCredential, toAuthRequest } from './credential.js'
import { type KeystoneSession, type KeystoneStanding, requireProject, type ScopedToken, toSession } from './session.js'
import type * as wire from './wire.js'

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

/** Nobody waits longer than this for a token to be given back. */
const REVOKE_DEADLINE_MS = 1_000

interface Login {
  readonly token: string
  readonly body: ScopedToken
}

/**
 * Tokens of one credential. They live in this object's memory only; one authentication is under way at a time, however
 * many ask.
 */
export class Keystone {
  private current: KeystoneSession | null = null
  /** The newest session there was, its token good or not. */
  private last: KeystoneSession | null = null
  private pending: Promise<KeystoneSession> | null = null
  /** The newest token that was issued here, with a project or without. One before it has two minutes left, or was refused. */
  private issued: string | null = null

  constructor(private readonly options: KeystoneOptions) {}

  /**
   * A session with at least two minutes of life, where Keystone gives so much; of a token that was handed in, whatever is left.
   *
   * @throws UpstreamDeniedError when Keystone refuses the credential, and the errors of an exchange
   */
  session(): Promise<KeystoneSession> {
    if (this.current && this.hasLife(this.current)) return Promise.resolve(this.current)
    this.pending ??= withoutRequestContext(() => this.authenticate()).finally(() => {
      this.pending = null
    })
    return this.pending
  }

  /**
   * Whom the credential stands for, and where the servers are, by the last session there was: neither changes with a token, and
   * what is kept of those servers' answers is found by them while Keystone cannot answer.
   *
   * @throws what `session` throws, before the first login
   */
  async standing(): Promise<KeystoneStanding> {
    return this.last ?? (await this.session())
  }

  /** Drops a token that a server has refused. A newer one, fetched meanwhile for somebody else, is kept. */
  drop(token: string): void {
    if (this.current?.token === token) this.current = null
  }

  /**
   * The projects that the credential's user has a role in, as Keystone lists them. Asked with the token at hand, which may be
   * one without a project: none before the first login, and none for an application credential, which is bound to its own.
   *
   * @throws the errors of an exchange
   */
  async projects(): Promise<readonly wire.Project[]> {
    const { credential } = this.options
    if (credential.method === 'application_credential') return []
    const token = this.current?.token ?? this.issued ?? (credential.method === 'token' ? credential.token : null)
    if (token === null) return []
    const request = { method: 'GET', headers: { 'x-auth-token': token }, deadlineMs: PING_DEADLINE_MS } as const
    const response = await this.send('/auth/projects', request)
    if (response.status !== 200) throw errorOfStatus(response)
    return decoding('keystoneProjects')(response.body, response.request)
  }

  /** Gives back the token that Keystone issued, as far as it can be done at once. One that was handed in is its owner's. */
  async revoke(): Promise<void> {
    const token = this.issued
    if (token === null) return
    this.issued = null
    this.current = null
    const request = { method: 'DELETE', headers: itself(token), deadlineMs: REVOKE_DEADLINE_MS } as const
    // Left alone it ends by itself, in hours.
    await this.send('/auth/tokens', request).catch(() => {})
  }

  private hasLife({ expiresAt }: KeystoneSession): boolean {
    const { credential, clock } = this.options
    // What is got for a token that was handed in never outlives that one, so it is used to its end.
    const reserve = credential.method === 'token' ? 0 : RENEW_BEFORE_MS
    return expiresAt.getTime() - clock().getTime() > reserve
  }

  private async authenticate(): Promise<KeystoneSession> {
    const { credential } = this.options
    const request = toAuthRequest(credential)
    const { token, body } = request === null ? await this.inspect(credential) : await this.issue(request)
    this.current = toSession(token, body, body.catalog ?? (await this.catalogOf(token)))
    this.last = this.current
    return this.current
  }

  private async issue(body: object): Promise<Login> {
    const headers = { 'content-type': 'application/json' }
    const response = await this.send('/auth/tokens', { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.status !== 201) throw refusal(response)
    const token = response.headers['x-subject-token']
    if (token === undefined || !/^[\x21-\x7e]{1,8192}$/.test(token)) {
      throw new UpstreamFormatError('there is no token in its header', response.request)
    }
    this.issued = token
    return { token, body: await readToken(response) }
  }

  /** What a token that was handed in stands for: Keystone is asked about it with itself. */
  private async inspect(credential: KeystoneCredential): Promise<Login> {
    const token = credential.method === 'token' ? credential.token : ''
    const response = await this.send('/auth/tokens', { method: 'GET', headers: itself(token) })
    if (response.status !== 200) throw refusal(response)
    return { token, body: await readToken(response) }
  }

  /** The catalog of a token that came without. Who may not see it may still have been told addresses. */
  private async catalogOf(token: string): Promise<readonly wire.CatalogService[]> {
    const response = await this.send('/auth/catalog', { method: 'GET', headers: { 'x-auth-token': token } })
    if ([401, 403, 404].includes(response.status)) return []
    if (response.status !== 200) throw errorOfStatus(response)
    return decoding('keystoneCatalog')(response.body, response.request)
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

async function readToken({ body, request }: HttpResponse): Promise<ScopedToken> {
  return requireProject(await decoding('keystoneToken')(body, request), request)
}

/** A token that is asked about, or ended, by itself. */
function itself(token: string): Readonly<Record<string, string>> {
  return { 'x-auth-token': token, 'x-subject-token': token }
}

/** Keystone answers 401 alike for a wrong password, an unknown user or project, and a project without a role. */
function refusal(response: HttpResponse): Error {
  if ([400, 401, 403, 404].includes(response.status)) {
    return new UpstreamDeniedError(
      "refused the gateway's credential: check user, secret, domain and project",
      response.request,
    )
  }
  return errorOfStatus(response)
}
