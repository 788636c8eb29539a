import { makeApiKey } from '../../src/access/api-key.js'
import type { BuiltProgram, Environment } from '../built-program.js'
import { startIssuer } from '../server/authentication/issuer.js'
import { type CallerHeaders, type Callers, makeCallers } from './callers.js'
import { type Login, settingsOf, writeAccessToken } from './canary-settings.js'
import { type Finding, Search } from './evidence.js'
import type { Secret } from './secret.js'
import { SecretFiles } from './secret-files.js'
import { makeKeystoneToken } from './secrets.js'
import { WatchedProgram } from './watched-program.js'
import { WatchedStore } from './watched-store.js'
import { startWatchedUpstreams, type WatchedUpstreams } from './watched-upstreams.js'

/** How the gateway is configured. */
export interface CanaryOptions {
  readonly login: Login
  /** Further environment variables. */
  readonly more: Environment
  /** True with a Redis behind the gateway's cache. */
  readonly hasStore?: boolean
}

/** A gateway that is not started yet, its upstreams, its callers, and the search for their secrets. */
export class CanarySetup implements AsyncDisposable {
  private readonly search = new Search()
  private turn = 0

  private constructor(
    readonly upstreams: WatchedUpstreams,
    readonly program: WatchedProgram,
    readonly callers: Callers,
    readonly environment: Environment,
    private readonly files: SecretFiles,
    private readonly store: WatchedStore | null,
    private readonly opened: AsyncDisposable,
  ) {
    const { accessTokens, password, credentialSecret } = upstreams
    const ours = [...accessTokens, password, credentialSecret, ...(store ? [store.password] : [])]
    for (const secret of [...ours, ...callers.secrets]) this.learn(secret)
  }

  /** Starts the upstreams, the issuer and the store, and creates the callers. */
  static async open(built: BuiltProgram, { login, more, hasStore = false }: CanaryOptions): Promise<CanarySetup> {
    await using opened = new AsyncDisposableStack()
    const upstreams = opened.use(await startWatchedUpstreams())
    const { issuer, key: signingKey } = opened.use(await startIssuer())
    const program = opened.use(new WatchedProgram(built))
    const files = opened.use(new SecretFiles())
    const apiKey = makeApiKey()
    const callers = await makeCallers({ apiKey, signingKey, issuer, catalyst: upstreams.catalyst })
    const store = hasStore ? opened.use(await WatchedStore.start()) : null
    const cache: Environment = store ? { CACHE_URL: store.url } : {}
    const environment = { ...settingsOf({ login, upstreams, issuer, apiKey, files }), ...cache, ...more }
    return new CanarySetup(upstreams, program, callers, environment, files, store, opened.move())
  }

  /** Adds a secret to look for. */
  learn(secret: Secret): void {
    this.search.learn(secret)
  }

  /** A caller with a token used for the first time, so that the gateway has to call Keystone. */
  newTokenCaller(): CallerHeaders {
    const token = makeKeystoneToken()
    this.learn(token)
    return { 'x-auth-token': token.text }
  }

  /** Starts the gateway, or reloads it with 3scale's other token: no session, connection or breaker state is left. */
  async restart(): Promise<void> {
    const { program, files, upstreams, environment } = this
    writeAccessToken(files, upstreams.accessTokens[this.turn++ % 2 === 0 ? 0 : 1])
    await (program.isRunning ? program.reload() : program.start(environment))
  }

  /** Records the contents of the cache store. @returns the kinds of responses in it */
  async dumpStore(): Promise<ReadonlySet<string>> {
    return (await this.store?.dump()) ?? new Set()
  }

  /** Every secret found outside the places it belongs to. */
  findings(): readonly Finding[] {
    const { upstreams, program, search, store } = this
    for (const token of upstreams.issued) this.learn(token)
    return search.findingsIn([...program.evidence(), ...upstreams.requests, ...(store?.held ?? [])])
  }

  /** Number of secrets to look for. */
  get secrets(): number {
    return this.search.size
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.opened[Symbol.asyncDispose]())
  }
}
