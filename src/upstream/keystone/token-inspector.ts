import { decoding } from '../decoding/worker-pool.js'
import { UpstreamFormatError } from '../http/errors.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHttp } from '../http/upstream-http.js'

/** What Keystone says of a token that is good. */
export interface InspectedToken {
  readonly userId: string
  /** Null when the token is for no project. */
  readonly projectId: string | null
  readonly roles: readonly string[]
  readonly expiresAt: Date
}

/**
 * Asks Keystone what somebody else's token stands for. Each token is asked about with itself: Keystone lets every token look at
 * itself, but at others only those with a role that no tenant of a public cloud has.
 */
export class TokenInspector implements AsyncDisposable {
  constructor(
    private readonly http: UpstreamHttp,
    /** The path of the v3 API on that origin: `/v3`. */
    private readonly basePath: string,
  ) {}

  /**
   * What the token stands for; null for one that is unknown, expired or revoked.
   *
   * @param token Secret.
   * @throws the errors of an exchange: then nothing is known of the token
   */
  async inspect(token: string): Promise<InspectedToken | null> {
    const response = await this.http.send({
      method: 'GET',
      template: '/v3/auth/tokens',
      path: `${this.basePath}/auth/tokens?nocatalog`,
      headers: { accept: 'application/json', 'x-auth-token': token, 'x-subject-token': token },
    })
    if (response.status === 401 || response.status === 404) return null
    if (response.status !== 200) throw errorOfStatus(response)
    const { user, project, roles = [], expires_at } = await decoding('keystoneToken')(response.body, response.request)
    if (!user) throw new UpstreamFormatError('token.user is missing', response.request)
    return {
      userId: user.id,
      projectId: project?.id ?? null,
      roles: roles.map(role => role.name),
      expiresAt: new Date(expires_at),
    }
  }

  /** Cuts all connections. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.http[Symbol.asyncDispose]()
  }
}
