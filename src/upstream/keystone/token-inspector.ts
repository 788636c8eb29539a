import type { DecodePool } from '../decoding/worker-pool.js'
import { UpstreamFormatError } from '../http/errors.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHttp } from '../http/upstream-http.js'

/** A caller's valid token, as Keystone describes it. */
export interface InspectedToken {
  readonly userId: string
  /** Null when the token is for no project. */
  readonly projectId: string | null
  readonly roles: readonly string[]
  readonly expiresAt: Date
}

/** How a token inspector reaches Keystone. */
export interface TokenInspectorOptions {
  readonly http: UpstreamHttp
  /** The path of the v3 API on that origin: `/v3`. */
  readonly basePath: string
  readonly decoders: DecodePool
}

/** These say something about the caller's token, and nothing about the gateway's credential. */
const UNKNOWN_TOKEN: readonly number[] = [401, 404]

/**
 * Validates the tokens of callers at Keystone. Each token authenticates its own validation: Keystone lets every token validate
 * itself, but validating others takes a role that no tenant of a public cloud has.
 */
export class TokenInspector implements AsyncDisposable {
  constructor(private readonly options: TokenInspectorOptions) {}

  /**
   * What the token stands for; null for a token that is unknown, expired or revoked.
   *
   * @param token Secret.
   * @throws UpstreamError when Keystone could not tell whether the token is valid
   */
  async inspect(token: string): Promise<InspectedToken | null> {
    const { http, basePath, decoders } = this.options
    const response = await http.send({
      method: 'GET',
      template: '/v3/auth/tokens',
      path: `${basePath}/auth/tokens?nocatalog`,
      headers: { accept: 'application/json', 'x-auth-token': token, 'x-subject-token': token },
      acceptedStatuses: UNKNOWN_TOKEN,
    })
    if (UNKNOWN_TOKEN.includes(response.status)) return null
    if (response.status !== 200) throw errorOfStatus(response)
    const { body, request } = response
    return http.reading(async () => {
      const { user, project, roles = [], expires_at } = await decoders.decode('keystoneToken', body, request)
      if (!user) throw new UpstreamFormatError('token.user is missing', request)
      return {
        userId: user.id,
        projectId: project?.id ?? null,
        roles: roles.map(role => role.name),
        expiresAt: new Date(expires_at),
      }
    })
  }

  /** Cuts all connections. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.options.http[Symbol.asyncDispose]()
  }
}
