import type { ApiKey } from '../../src/access/api-key.js'
import { encodeKeyFile } from '../../src/access/key-file.js'
import { hashOf } from '../../src/access/key-hash.js'
import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import type { Environment } from '../built-program.js'
import { AUDIENCE } from '../server/authentication/issuer.js'
import type { Secret } from './secret.js'
import type { SecretFiles } from './secret-files.js'
import type { WatchedUpstreams } from './watched-upstreams.js'

/** By what the gateway proves itself to Keystone. */
export type Login = 'password' | 'application credential'

/** What the settings are made of. */
export interface SettingSources {
  readonly login: Login
  readonly upstreams: WatchedUpstreams
  readonly issuer: string
  readonly apiKey: ApiKey
  readonly files: SecretFiles
}

/** Nobody waits longer for a bill, so that faults of time pass quickly; a good answer takes a tenth of it. */
const DEADLINE_MS = '1000'

/** All settings of a gateway that takes every kind of caller; some secrets in variables, some in files. */
export function settingsOf({ login, upstreams, issuer, apiKey, files }: SettingSources): Environment {
  const { catalyst, threescale, accessTokens, password, credentialSecret } = upstreams
  const secretFile = files.write('credential-secret', credentialSecret.text)
  return {
    AUTH: 'jwt,keys,keystone',
    AUTH_JWT_ISSUERS: issuer,
    AUTH_JWT_AUDIENCE: AUDIENCE,
    AUTH_KEYS_FILE: files.write('keys.json', keyFileWith(apiKey)),
    OS_AUTH_URL: catalyst.authUrl,
    ...(login === 'password' ? userOf(catalyst, password) : credentialOf(catalyst, secretFile)),
    CATALYST_DEADLINE_MS: DEADLINE_MS,
    THREESCALE_URL: threescale.url,
    THREESCALE_ACCESS_TOKEN_FILE: writeAccessToken(files, accessTokens[0]),
    THREESCALE_DEADLINE_MS: DEADLINE_MS,
  }
}

/** Puts 3scale's token where the settings have it. @returns the file's path */
export function writeAccessToken(files: SecretFiles, { text }: Secret): string {
  return files.write('access-token', text)
}

function userOf({ credentials }: CatalystStandIn, { text }: Secret): Environment {
  return {
    OS_USERNAME: credentials.username,
    OS_PASSWORD: text,
    OS_USER_DOMAIN_NAME: credentials.userDomainName,
    OS_PROJECT_NAME: credentials.projectName,
    OS_PROJECT_DOMAIN_ID: credentials.projectDomainId,
  }
}

function credentialOf({ credentials }: CatalystStandIn, secretFile: string): Environment {
  return {
    OS_AUTH_TYPE: 'v3applicationcredential',
    OS_APPLICATION_CREDENTIAL_ID: credentials.applicationCredentialId,
    OS_APPLICATION_CREDENTIAL_SECRET_FILE: secretFile,
  }
}

/** As `billgraph keys` would have made it, of a key that may everything. */
function keyFileWith(apiKey: ApiKey): string {
  const key = { id: apiKey.id, sha256: hashOf(apiKey), createdAt: new Date().toISOString(), validUntil: null }
  const everything = { projects: '*', prefixes: '*', buyers: '*' } as const
  return encodeKeyFile({ version: 1, holders: [{ name: 'canary', scopes: ['admin'], ...everything, keys: [key] }] })
}
