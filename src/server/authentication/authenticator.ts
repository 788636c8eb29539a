import { readApiKey } from '../../access/api-key.js'
import type { CallerSettings, IssuerSettings } from '../../access/caller-settings.js'
import { FULL_ACCESS } from '../../access/full-access.js'
import { KeyRing } from '../../access/key-ring.js'
import type { Principal } from '../../access/principal.js'
import type { Clock } from '../../request/clock.js'
import type { TokenInspector } from '../../upstream/keystone/token-inspector.js'
import { RefusedCallerError } from './authentication-error.js'
import { type Credential, type HeaderValues, readCredential } from './credential.js'
import { IssuerClient } from './issuer-client.js'
import { FixedIssuerKeys, type IssuerKeys } from './issuer-keys.js'
import { JwtCheck } from './jwt-check.js'
import { KeystoneCheck } from './keystone-check.js'
import { RemoteIssuerKeys } from './remote-issuer-keys.js'

/**
 * Says who sends a request, by its headers alone.
 *
 * @throws RefusedCallerError when he has not proved it; UpstreamError and TooManyChecksError when that cannot be told
 */
export type Authenticate = (headers: HeaderValues) => Promise<Principal>

/** What is needed besides the settings. */
export interface AuthenticatorOptions {
  /** The Keystone of the moment; null where none is configured. */
  readonly tokens: () => TokenInspector | null
  readonly clock: Clock
}

interface Checks {
  readonly keys: KeyRing | null
  readonly jwt: JwtCheck | null
  readonly keystone: KeystoneCheck | null
}

/** All ways by which callers prove who they are. Settings can be replaced; what issuers and Keystone said is kept. */
export class Authenticator implements AsyncDisposable {
  private readonly clients: IssuerClient[] = []
  private readonly remoteKeys = new Map<string, RemoteIssuerKeys>()
  private keystone: KeystoneCheck | null = null
  private checks: Checks | 'open'

  constructor(
    settings: CallerSettings,
    private readonly surroundings: AuthenticatorOptions,
  ) {
    this.checks = this.toChecks(settings)
  }

  /** Goes by other keys from now on. */
  use(settings: CallerSettings): void {
    this.checks = this.toChecks(settings)
  }

  readonly authenticate: Authenticate = async headers => {
    const { checks } = this
    return checks === 'open' ? FULL_ACCESS : this.check(readCredential(headers), checks)
  }

  /** Cuts the connections to issuers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.clients.map(client => client[Symbol.asyncDispose]()))
  }

  private check({ kind, text }: Credential, { keys, jwt, keystone }: Checks): Principal | Promise<Principal> {
    if (kind === 'key' && keys) return this.checkKey(text, keys)
    if (kind === 'jwt' && jwt) return jwt.check(text)
    // Keystone can be set up to write its tokens as JWTs; without a header of its own that is all a token of it looks like.
    if (kind !== 'key' && keystone) return keystone.check(text)
    throw new RefusedCallerError(kind === 'other' && jwt ? 'malformed' : 'way-not-open')
  }

  private checkKey(text: string, keys: KeyRing): Principal {
    const key = readApiKey(text)
    if (!key) throw new RefusedCallerError('malformed')
    const found = keys.find(key, this.surroundings.clock())
    if (typeof found === 'string') throw new RefusedCallerError(`key-${found}`)
    return found
  }

  private toChecks(settings: CallerSettings): Checks | 'open' {
    if (settings === 'open') return settings
    const { clock } = this.surroundings
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
    const client = new IssuerClient(settings, this.surroundings.clock)
    const keys = new RemoteIssuerKeys(() => client.fetchKeys(), this.surroundings.clock)
    this.clients.push(client)
    this.remoteKeys.set(settings.issuer, keys)
    return keys
  }

  private async inspect(token: string) {
    const tokens = this.surroundings.tokens()
    if (!tokens) throw new RefusedCallerError('way-not-open')
    return tokens.inspect(token)
  }
}
