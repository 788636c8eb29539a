import type { ApiKey } from '../../src/access/api-key.js'
import { encodeKeyFile } from '../../src/access/key-file.js'
import { hashOf } from '../../src/access/key-hash.js'
import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import type { Environment } from '../built-program.js'
import { AUDIENCE } from '../server/authentication/issuer.js'
import type { Secret } from './secret.js'
import type { SecretFiles } from './secret-files.js'
import type { WatchedUpstreams } from './watched-upstreams.js'

/** How the gateway authenticates at Keystone. */
export type Login = 'password' | 'application credential'

/** What the settings are made from. */
export interface SettingSources {
  readonly login: Login
  readonly upstreams: WatchedUpstreams
  readonly issuer: string
  readonly apiKey: ApiKey
  readonly files: SecretFiles
}

/** Short, so that time-outs pass quickly. A good response takes a tenth of it. */
const DEADLINE_MS = '1000'

/** Settings of a gateway that accepts every authentication method. Some secrets are in variables, some in files. */
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

/** Writes 3scale's token to its file. @returns the file's path */
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

/** The file that `billgraph keys` would write for a key with all rights. */
function keyFileWith(apiKey: ApiKey): string {
  const key = { id: apiKey.id, sha256: hashOf(apiKey), createdAt: new Date().toISOString(), validUntil: null }
  const everything = { projects: '*', prefixes: '*', buyers: '*' } as const
  return encodeKeyFile({ version: 1, holders: [{ name: 'canary', scopes: ['admin'], ...everything, keys: [key] }] })
}
