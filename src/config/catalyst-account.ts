import { isRegion } from '../domain/native-id.js'
import type { CatalystSettings } from '../upstream/catalyst/open.js'
import type { Environment } from './environment.js'
import { readKeystoneCredential } from './keystone-credential.js'

/** The settings that each account has of its own: Keystone, credential, and preferred region. */
export type AccountSettings = Pick<CatalystSettings, 'authUrl' | 'credential' | 'interface' | 'preferredRegion' | 'ca'>

/** The variables of an openrc file that configure one account. */
export const ACCOUNT_VARIABLES = [
  'OS_AUTH_URL',
  'OS_AUTH_TYPE',
  'OS_USERNAME',
  'OS_USER_ID',
  'OS_PASSWORD',
  'OS_PASSWORD_FILE',
  'OS_TOKEN',
  'OS_TOKEN_FILE',
  'OS_APPLICATION_CREDENTIAL_ID',
  'OS_APPLICATION_CREDENTIAL_NAME',
  'OS_APPLICATION_CREDENTIAL_SECRET',
  'OS_APPLICATION_CREDENTIAL_SECRET_FILE',
  'OS_PROJECT_ID',
  'OS_PROJECT_NAME',
  'OS_PROJECT_DOMAIN_ID',
  'OS_PROJECT_DOMAIN_NAME',
  'OS_USER_DOMAIN_ID',
  'OS_USER_DOMAIN_NAME',
  'OS_REGION_NAME',
  'OS_INTERFACE',
  'OS_ENDPOINT_TYPE',
  'OS_CACERT',
]

/** Reads one account by the variables of an openrc file. Undefined when it is incomplete, which is a problem. */
export function readCatalystAccount(environment: Environment): AccountSettings | undefined {
  const authUrl = readAuthUrl(environment)
  const credential = readKeystoneCredential(environment)
  const preferredRegion = environment.matching('OS_REGION_NAME', isRegion, 'the name of a region, such as nz-por-1')
  const endpointInterface = readInterface(environment)
  const ca = environment.certificates('OS_CACERT')
  if (authUrl === undefined || credential === undefined) return undefined
  return { authUrl, credential, interface: endpointInterface, preferredRegion: preferredRegion ?? null, ca }
}

function readAuthUrl(environment: Environment): string | undefined {
  const authUrl = environment.url('OS_AUTH_URL')
  if (environment.text('OS_AUTH_URL') === undefined) {
    environment.complain('OS_AUTH_URL', 'is missing: set it to the URL of Keystone')
  }
  if (/\/v2(\.0)?\/*$/.test(authUrl ?? '')) {
    environment.complain('OS_AUTH_URL', 'is the URL of version 2 of Keystone: end it in /v3')
  }
  return authUrl && withVersion(authUrl)
}

/** The URL with the version: `https://host:5000` and `https://host:5000/v3/` both become `https://host:5000/v3`. */
function withVersion(authUrl: string): string {
  const trimmed = authUrl.replace(/\/+$/, '')
  return trimmed.endsWith('/v3') ? trimmed : `${trimmed}/v3`
}

/** `public`, `internal` or `admin`. The older spelling publicURL means the same. */
function readInterface(environment: Environment): string {
  const words = ['public', 'internal', 'admin', 'publicURL', 'internalURL', 'adminURL'] as const
  const word = environment.choice('OS_INTERFACE', words) ?? environment.choice('OS_ENDPOINT_TYPE', words)
  return (word ?? 'public').replace(/URL$/, '')
}
