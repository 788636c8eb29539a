import { join } from 'node:path'
import { type AccountSettings, readCatalystAccount } from './catalyst-account.js'
import type { CloudEntry } from './cloud-entry.js'
import type { Environment } from './environment.js'
import { showValue } from './shown-value.js'

/** An account that clouds.yaml configures. */
export interface CloudSettings extends AccountSettings {
  /** The cloud's name in clouds.yaml. */
  readonly cloud: string
  /** A URL that overrides the service catalog for a region; null for none. */
  readonly endpoint: { readonly region: string; readonly url: string } | null
}

/** A cloud's entry in clouds.yaml, not yet validated. */
export interface CloudSource {
  readonly cloud: string
  /** The names of the files, for problems. */
  readonly place: string
  readonly entry: CloudEntry
  /** The service type of the rating service. */
  readonly serviceType: string
}

/** The key in clouds.yaml for each variable. */
export const CLOUD_KEYS: Readonly<Record<string, string>> = {
  OS_AUTH_URL: 'auth.auth_url',
  OS_USERNAME: 'auth.username',
  OS_USER_ID: 'auth.user_id',
  OS_PASSWORD: 'auth.password',
  OS_TOKEN: 'auth.token',
  OS_USER_DOMAIN_NAME: 'auth.user_domain_name',
  OS_USER_DOMAIN_ID: 'auth.user_domain_id',
  OS_PROJECT_NAME: 'auth.project_name',
  OS_PROJECT_ID: 'auth.project_id',
  OS_PROJECT_DOMAIN_NAME: 'auth.project_domain_name',
  OS_PROJECT_DOMAIN_ID: 'auth.project_domain_id',
  OS_APPLICATION_CREDENTIAL_ID: 'auth.application_credential_id',
  OS_APPLICATION_CREDENTIAL_SECRET: 'auth.application_credential_secret',
  OS_APPLICATION_CREDENTIAL_NAME: 'auth.application_credential_name',
  OS_AUTH_TYPE: 'auth_type',
  OS_REGION_NAME: 'region_name',
  OS_INTERFACE: 'interface',
  OS_ENDPOINT_TYPE: 'endpoint_type',
  OS_CACERT: 'cacert',
}

/** Keys without a variable. */
const OTHER_KEYS = ['identity_api_version', 'verify', 'insecure', 'region', 'profile', 'cloud']

const TRUE = /^(true|yes|on|1)$/i
const FALSE = /^(false|no|off|0)$/i

/** Reads the account of one cloud in clouds.yaml. Undefined when it is incomplete, which is a problem. */
export function readCloudAccount(environment: Environment, source: CloudSource): CloudSettings | undefined {
  const settings = toEnvironment(environment, source)
  if (!settings) return undefined
  const account = readCatalystAccount(settings)
  checkOtherKeys(settings)
  const endpoint = readEndpoint(settings, overrideKey(source))
  return account && { ...account, cloud: source.cloud, endpoint }
}

/** The cloud's settings as variables. Undefined when one is not text: it must not count as missing. */
function toEnvironment(environment: Environment, source: CloudSource): Environment | undefined {
  const { cloud, place, entry } = source
  const origin = {
    place: `cloud ${cloud} (${place}): `,
    nameOf: (variable: string) => CLOUD_KEYS[variable] ?? variable,
  }
  const variables: Record<string, string> = {}
  const settings = environment.withSettings(variables, origin)
  const others = [...OTHER_KEYS, overrideKey(source)].map(key => [key, key] as const)
  const wrong = [...Object.entries(CLOUD_KEYS), ...others].filter(([variable, key]) => {
    const value = entry.get(key) ?? ''
    if (typeof value === 'string') variables[variable] = value
    return typeof value !== 'string'
  })
  for (const [variable] of wrong) settings.complain(variable, 'is not text')
  if (variables.OS_CACERT) variables.OS_CACERT = expandHome(variables.OS_CACERT, environment.text('HOME'))
  return wrong.length === 0 ? settings : undefined
}

/** Refuses keys that the gateway does not follow and that would change what it connects to, or how safely. */
function checkOtherKeys(settings: Environment): void {
  const [version, verify, insecure] = ['identity_api_version', 'verify', 'insecure'].map(key => settings.text(key))
  if (version !== undefined && !/^v?3(\.\d+)?$/.test(version)) {
    settings.complain(
      'identity_api_version',
      `is ${showValue(version)}; expected 3, the only supported version of Keystone`,
    )
  }
  if (verify !== undefined && !TRUE.test(verify))
    settings.complain('verify', `is ${showValue(verify)}; expected true: ${CERTIFICATES}`)
  if (insecure !== undefined && !FALSE.test(insecure))
    settings.complain('insecure', `is ${showValue(insecure)}; expected false: ${CERTIFICATES}`)
  if (settings.hasAny(['region']) && !settings.hasAny(['OS_REGION_NAME'])) {
    settings.complain('region', "is not a key that OpenStack's clients read: use region_name")
  }
  if (settings.hasAny(['profile', 'cloud']) && !settings.hasAny(['OS_AUTH_URL'])) {
    const key = settings.hasAny(['profile']) ? 'profile' : 'cloud'
    settings.complain(
      key,
      'names a vendor profile, which is not supported: set auth.auth_url and the other keys of the account here',
    )
  }
}

const CERTIFICATES = 'certificates are always verified; to trust another authority, set cacert to its certificate file'

function overrideKey({ serviceType }: CloudSource): string {
  return `${serviceType.replaceAll('-', '_')}_endpoint_override`
}

/** Each region has its own rating server, so an override needs a region. */
function readEndpoint(settings: Environment, key: string): CloudSettings['endpoint'] {
  const url = settings.url(key)
  const region = settings.text('OS_REGION_NAME')
  if (url === undefined) return null
  if (region !== undefined) return { region, url }
  settings.complain(key, 'is set without region_name: set the region that the URL is for')
  return null
}

/** Expands a leading `~/`, as a shell would. */
function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith('~/') ? join(home, path.slice(2)) : path
}
