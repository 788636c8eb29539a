import { readApiKey } from '../../access/api-key.js'
import type { CallerSettings, IssuerSettings } from '../../access/caller-settings.js'
import { FULL_ACCESS } from '../../access/full-access.js'
import { KeyRing } from '../../access/key-ring.js'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import type { TokenInspector } from '../../upstream/keystone/token-inspector.js'
import { AuthenticationError } from './authentication-error.js'
import { type Credential, type HeaderValues, readCredential } from './credential.js'
import { IssuerClient } from './issuer-client.js'
import { FixedIssuerKeys, type IssuerKeys, RemoteIssuerKeys } from './issuer-keys.js'
import { JwtCheck } from './jwt-check.js'
import { KeystoneCheck } from './keystone-check.js'

/**
 * The caller of a request, by its headers alone.
 *
 * @throws AuthenticationError when it has no valid credential; UpstreamError and TooManyChecksError when it cannot be checked
 */
export type Authenticate = (headers: HeaderValues) => Promise<Principal>

/** What an authenticator is made of besides its settings. */
interface AuthenticatorOptions {
  /** The current Keystone; null when none is configured. */
  readonly tokens: () => TokenInspector | null
  readonly clock: Clock
}

interface Checks {
  readonly keys: KeyRing | null
  readonly jwt: JwtCheck | null
  readonly keystone: KeystoneCheck | null
}

/** Every authentication method. Its settings can be replaced; cached issuer keys and Keystone verdicts stay. */
export class Authenticator implements AsyncDisposable {
  private readonly clients: IssuerClient[] = []
  private readonly remoteKeys = new Map<string, RemoteIssuerKeys>()
  private keystone: KeystoneCheck | null = null
  private checks: Checks | 'open'

  constructor(
    settings: CallerSettings,
    private readonly options: AuthenticatorOptions,
  ) {
    this.checks = this.toChecks(settings)
  }

  /** Replaces the settings. */
  use(settings: CallerSettings): void {
    this.checks = this.toChecks(settings)
  }

  readonly authenticate: Authenticate = async headers => {
    const { checks } = this
    return checks === 'open' ? FULL_ACCESS : this.check(readCredential(headers), checks)
  }

  /** Closes the connections to issuers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.clients.map(client => client[Symbol.asyncDispose]()))
  }

  private check({ kind, text }: Credential, { keys, jwt, keystone }: Checks): Principal | Promise<Principal> {
    if (kind === 'key' && keys) return this.checkKey(text, keys)
    if (kind === 'jwt' && jwt) return jwt.check(text)
    // Keystone can issue JWTs. In an authorization header they look like any other.
    if (kind !== 'key' && keystone) return keystone.check(text)
    throw new AuthenticationError(kind === 'other' && jwt ? 'malformed' : 'method-disabled')
  }

  private checkKey(text: string, keys: KeyRing): Principal {
    const key = readApiKey(text)
    if (!key) throw new AuthenticationError('malformed')
    const found = keys.find(key, this.options.clock())
    if (typeof found === 'string') throw new AuthenticationError(`key-${found}`)
    return found
  }

  private toChecks(settings: CallerSettings): Checks | 'open' {
    if (settings === 'open') return settings
    const { clock } = this.options
    const { jwt, keys, keystone } = settings
    this.keystone ??= keystone && new KeystoneCheck(keystone, token => this.inspect(token), clock)
    return {
      keys: keys && new KeyRing(keys),
      jwt: jwt && new JwtCheck(jwt, new Map(jwt.issuers.map(one => [one.issuer, this.keysOf(one)])), clock),
      keystone: keystone && this.keystone,
    }
  }

  private keysOf(settings: IssuerSettings): IssuerKeys {
    if (settings.keys.kind === 'set') return new FixedIssuerKeys(settings.keys.set)
    const known = this.remoteKeys.get(settings.issuer)
    if (known) return known
    const client = new IssuerClient(settings, this.options.clock)
    const keys = new RemoteIssuerKeys(() => client.fetchKeys(), this.options.clock)
    this.clients.push(client)
    this.remoteKeys.set(settings.issuer, keys)
    return keys
  }

  private async inspect(token: string) {
    const tokens = this.options.tokens()
    if (!tokens) throw new AuthenticationError('method-disabled')
    return tokens.inspect(token)
  }
}
