import { makeApiKey } from '../../src/access/api-key.js'
import type { BuiltProgram, Environment } from '../built-program.js'
import { startIssuer } from '../server/authentication/issuer.js'
import { type CallerHeaders, type Callers, makeCallers } from './callers.js'
import { type Login, settingsOf, writeAccessToken } from './canary-settings.js'
import { type Finding, Search } from './evidence.js'
import type { Secret } from './secret.js'
import { SecretFiles } from './secret-files.js'
import { makeStrangersToken } from './secrets.js'
import { WatchedProgram } from './watched-program.js'
import { WatchedStore } from './watched-store.js'
import { startWatchedUpstreams, type WatchedUpstreams } from './watched-upstreams.js'

/** Which of the ways to configure the gateway. */
export interface HouseOptions {
  readonly login: Login
  /** Further variables. */
  readonly more: Environment
  /** True with a Redis behind the gateway's cache. */
  readonly hasStore?: boolean
}

/** The gateway, not yet started, among everything that knows a secret. */
export class CanaryHouse implements AsyncDisposable {
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

  /** Puts it together. */
  static async open(built: BuiltProgram, { login, more, hasStore = false }: HouseOptions): Promise<CanaryHouse> {
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
    return new CanaryHouse(upstreams, program, callers, environment, files, store, opened.move())
  }

  /** One more secret to look for. */
  learn(secret: Secret): void {
    this.search.learn(secret)
  }

  /** A caller with a token that nobody has seen yet, so that Keystone has to be asked. */
  makeStranger(): CallerHeaders {
    const token = makeStrangersToken()
    this.learn(token)
    return { 'x-auth-token': token.text }
  }

  /** Starts the gateway, or lets it begin anew: with 3scale's other token, no session, connection or memory of failures. */
  async beginAnew(): Promise<void> {
    const { program, files, upstreams, environment } = this
    writeAccessToken(files, upstreams.accessTokens[this.turn++ % 2 === 0 ? 0 : 1])
    await (program.isRunning ? program.reload() : program.start(environment))
  }

  /** Notes what is in the cache's store. @returns the kinds of answers that are among it */
  async dumpStore(): Promise<ReadonlySet<string>> {
    return (await this.store?.dump()) ?? new Set()
  }

  /** Every secret that is where it should not be. */
  findings(): readonly Finding[] {
    const { upstreams, program, search, store } = this
    for (const token of upstreams.issued) this.learn(token)
    return search.findingsIn([...program.evidence(), ...upstreams.asked, ...(store?.held ?? [])])
  }

  /** How many secrets are looked for. */
  get secrets(): number {
    return this.search.size
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.opened[Symbol.asyncDispose]())
  }
}
