import { z } from 'zod'
import type { IssuerSettings } from '../../access/caller-settings.js'
import { type PublicKeySet, readKeySet } from '../../access/key-set.js'
import type { Clock } from '../../request/clock.js'
import { parseJson } from '../../upstream/decoding/json.js'
import { decodeShape } from '../../upstream/decoding/shape.js'
import { UpstreamFormatError } from '../../upstream/http/errors.js'
import type { HttpResponse } from '../../upstream/http/exchange.js'
import { errorOfStatus } from '../../upstream/http/status.js'
import { UpstreamHttp } from '../../upstream/http/upstream-http.js'
import { isTrustworthyCatalogUrl } from '../../upstream/http/url-trust.js'

/** Short, since requests wait for it. */
const DEADLINE_MS = 5_000
const MAX_BODY_BYTES = 512 * 1024

const CONFIGURATION = '/.well-known/openid-configuration'

const configurationBody = z.object({ issuer: z.string(), jwks_uri: z.string() })

/** Fetches the keys of an issuer: no redirects, bounded in time and size. */
export class IssuerClient implements AsyncDisposable {
  private readonly connections = new Map<string, UpstreamHttp>()

  constructor(
    private readonly settings: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  /** The issuer's public keys. @throws UpstreamError when it does not answer, or not with keys that verify signatures */
  async fetchKeys(): Promise<PublicKeySet> {
    const { keys } = this.settings
    if (keys.kind === 'set') return keys.set
    const url = keys.kind === 'url' ? keys.url : await this.discover()
    const response = await this.get(url, 'JWKS')
    const set = readKeySet(readJson(response))
    if (!set) throw new UpstreamFormatError('it has no key that verifies signatures', response.request)
    return set
  }

  /** Closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.connections.values()].map(http => http[Symbol.asyncDispose]()))
  }

  private async discover(): Promise<string> {
    const { issuer } = this.settings
    const response = await this.get(`${issuer.replace(/\/$/, '')}${CONFIGURATION}`, CONFIGURATION)
    const { request } = response
    const found = decodeShape(configurationBody, readJson(response), request)
    if (found.issuer !== issuer) throw new UpstreamFormatError('it is the configuration of another issuer', request)
    if (!isTrustworthyCatalogUrl(found.jwks_uri, issuer))
      throw new UpstreamFormatError('jwks_uri is not an https URL', request)
    return found.jwks_uri
  }

  private get(address: string, template: string): Promise<HttpResponse> {
    const { origin, pathname } = new URL(address)
    const headers = { accept: 'application/json' }
    return this.connection(origin).send({ method: 'GET', template, path: pathname, headers })
  }

  private connection(origin: string): UpstreamHttp {
    const { clock } = this
    const http =
      this.connections.get(origin) ??
      new UpstreamHttp({ upstream: 'issuer', origin, deadlineMs: DEADLINE_MS, maxBodyBytes: MAX_BODY_BYTES, clock })
    this.connections.set(origin, http)
    return http
  }
}

function readJson(response: HttpResponse): unknown {
  if (response.status !== 200) throw errorOfStatus(response)
  return parseJson(response.body, response.request)
}
