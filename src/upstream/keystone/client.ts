import type { Clock } from '../../request/clock.js'
import { forWhoeverAsks } from '../../request/request-context.js'
import { PING_DEADLINE_MS } from '../cache/fetched.js'
import { decoding } from '../decoding/worker-pool.js'
import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { errorOfStatus } from '../http/status.js'
import type { HttpAnswer, HttpRequest, ReadAnswer, UpstreamHttp } from '../http/upstream-http.js'
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
    this.pending ??= forWhoeverAsks(() => this.authenticate()).finally(() => {
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
    return this.ask('/auth/projects', request, (answer, asked) => {
      if (answer.status !== 200) throw errorOfStatus(answer, asked)
      return decoding('keystoneProjects')(answer.body, asked)
    })
  }

  /** Gives back the token that Keystone issued, as far as it can be done at once. One that was handed in is its owner's. */
  async revoke(): Promise<void> {
    const token = this.issued
    if (token === null) return
    this.issued = null
    this.current = null
    const request = { method: 'DELETE', headers: itself(token), deadlineMs: REVOKE_DEADLINE_MS } as const
    // Left alone it ends by itself, in hours.
    await this.ask('/auth/tokens', request, () => {}).catch(() => {})
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

  private issue(body: object): Promise<Login> {
    const headers = { 'content-type': 'application/json' }
    return this.ask('/auth/tokens', { method: 'POST', headers, body: JSON.stringify(body) }, async (answer, asked) => {
      if (answer.status !== 201) throw refusal(answer, asked)
      const token = answer.headers['x-subject-token']
      if (token === undefined || !/^[\x21-\x7e]{1,8192}$/.test(token)) {
        throw new UpstreamFormatError('there is no token in its header', asked)
      }
      this.issued = token
      return { token, body: requireProject(await decoding('keystoneToken')(answer.body, asked), asked) }
    })
  }

  /** What a token that was handed in stands for: Keystone is asked about it with itself. */
  private inspect(credential: KeystoneCredential): Promise<Login> {
    const token = credential.method === 'token' ? credential.token : ''
    return this.ask('/auth/tokens', { method: 'GET', headers: itself(token) }, async (answer, asked) => {
      if (answer.status !== 200) throw refusal(answer, asked)
      return { token, body: requireProject(await decoding('keystoneToken')(answer.body, asked), asked) }
    })
  }

  /** The catalog of a token that came without. Who may not see it may still have been told addresses. */
  private catalogOf(token: string): Promise<readonly wire.CatalogService[]> {
    return this.ask('/auth/catalog', { method: 'GET', headers: { 'x-auth-token': token } }, (answer, asked) => {
      if ([401, 403, 404].includes(answer.status)) return []
      if (answer.status !== 200) throw errorOfStatus(answer, asked)
      return decoding('keystoneCatalog')(answer.body, asked)
    })
  }

  private ask<T>(
    path: string,
    request: Pick<HttpRequest, 'method' | 'headers' | 'body' | 'deadlineMs'>,
    read: ReadAnswer<T>,
  ): Promise<T> {
    return this.options.http.ask(
      {
        ...request,
        template: `/v3${path}`,
        path: `${this.options.basePath}${path}`,
        headers: { accept: 'application/json', ...request.headers },
      },
      read,
    )
  }
}

/** A token that is asked about, or ended, by itself. */
function itself(token: string): Readonly<Record<string, string>> {
  return { 'x-auth-token': token, 'x-subject-token': token }
}

/** Keystone answers 401 alike for a wrong password, an unknown user or project, and a project without a role. */
function refusal(answer: HttpAnswer, asked: UpstreamRequest): Error {
  if ([400, 401, 403, 404].includes(answer.status)) {
    return new UpstreamDeniedError("refused the gateway's credential: check user, secret, domain and project", asked)
  }
  return errorOfStatus(answer, asked)
}
