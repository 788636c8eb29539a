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
import { startWatchedUpstreams, type WatchedUpstreams } from './watched-upstreams.js'

/** Which of the ways to configure the gateway. */
export interface HouseOptions {
  readonly login: Login
  /** Further variables. */
  readonly more: Environment
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
    private readonly opened: AsyncDisposable,
  ) {
    const { accessTokens, password, credentialSecret } = upstreams
    for (const secret of [...accessTokens, password, credentialSecret, ...callers.secrets]) this.learn(secret)
  }

  /** Puts it together. */
  static async open(built: BuiltProgram, { login, more }: HouseOptions): Promise<CanaryHouse> {
    await using opened = new AsyncDisposableStack()
    const upstreams = opened.use(await startWatchedUpstreams())
    const { issuer, key: signingKey } = opened.use(await startIssuer())
    const program = opened.use(new WatchedProgram(built))
    const files = opened.use(new SecretFiles())
    const apiKey = makeApiKey()
    const callers = await makeCallers({ apiKey, signingKey, issuer, catalyst: upstreams.catalyst })
    const environment = { ...settingsOf({ login, upstreams, issuer, apiKey, files }), ...more }
    return new CanaryHouse(upstreams, program, callers, environment, files, opened.move())
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

  /** Every secret that is where it should not be. */
  findings(): readonly Finding[] {
    const { upstreams, program, search } = this
    for (const token of upstreams.issued) this.learn(token)
    return search.findingsIn([...program.evidence(), ...upstreams.asked])
  }

  /** How many secrets are looked for. */
  get secrets(): number {
    return this.search.size
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.opened[Symbol.asyncDispose]())
  }
}
