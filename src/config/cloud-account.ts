import { join } from 'node:path'
import { type AccountSettings, readCatalystAccount } from './catalyst-account.js'
import type { CloudEntry } from './cloud-entry.js'
import type { Environment } from './environment.js'

/** An account that clouds.yaml describes. */
export interface CloudSettings extends AccountSettings {
  /** Its name there. */
  readonly cloud: string
  /** An address that replaces the catalog's, and the region it is of; null for none. */
  readonly endpoint: { readonly region: string; readonly url: string } | null
}

/** One cloud as written, and where. */
export interface WrittenCloud {
  readonly cloud: string
  /** The files' names, for what is wrong. */
  readonly place: string
  readonly entry: CloudEntry
  /** Of the rating service. */
  readonly serviceType: string
}

/** The key in clouds.yaml for what a variable says otherwise. */
const KEYS: Readonly<Record<string, string>> = {
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

/** Keys that no variable stands for. */
const OTHER_KEYS = ['identity_api_version', 'verify', 'insecure', 'region', 'profile', 'cloud']

const TRUE = /^(true|yes|on|1)$/i
const FALSE = /^(false|no|off|0)$/i

/** The account that a cloud of clouds.yaml describes; undefined when it is not complete. All that is wrong is noted. */
export function readCloudAccount(environment: Environment, written: WrittenCloud): CloudSettings | undefined {
  const settings = toEnvironment(environment, written)
  if (!settings) return undefined
  const account = readCatalystAccount(settings)
  checkOtherKeys(settings)
  const endpoint = readEndpoint(settings, overrideKey(written))
  return account && { ...account, cloud: written.cloud, endpoint }
}

/** The cloud's settings as if variables had them; undefined when one is no text, which would then count as missing. */
function toEnvironment(environment: Environment, written: WrittenCloud): Environment | undefined {
  const { cloud, place, entry } = written
  const origin = { place: `cloud ${cloud} (${place}): `, nameOf: (variable: string) => KEYS[variable] ?? variable }
  const variables: Record<string, string> = {}
  const settings = environment.elsewhere(variables, origin)
  const others = [...OTHER_KEYS, overrideKey(written)].map(key => [key, key] as const)
  const wrong = [...Object.entries(KEYS), ...others].filter(([variable, key]) => {
    const value = entry.get(key) ?? ''
    if (typeof value === 'string') variables[variable] = value
    return typeof value !== 'string'
  })
  for (const [variable] of wrong) settings.complain(variable, 'is not text')
  if (variables.OS_CACERT) variables.OS_CACERT = expandHome(variables.OS_CACERT, environment.text('HOME'))
  return wrong.length === 0 ? settings : undefined
}

/** What would make the gateway speak to something else than was meant, or less safely, is refused rather than left out. */
function checkOtherKeys(settings: Environment): void {
  const [version, verify, insecure] = ['identity_api_version', 'verify', 'insecure'].map(key => settings.text(key))
  if (version !== undefined && !/^v?3(\.\d+)?$/.test(version)) {
    settings.complain('identity_api_version', 'is not 3: no other version of Keystone is spoken')
  }
  if (verify !== undefined && !TRUE.test(verify)) settings.complain('verify', `is not true: ${CERTIFICATES}`)
  if (insecure !== undefined && !FALSE.test(insecure)) settings.complain('insecure', `is not false: ${CERTIFICATES}`)
  if (settings.hasAny(['region']) && !settings.hasAny(['OS_REGION_NAME'])) {
    settings.complain('region', "is not read, by OpenStack's own clients neither: the key is region_name")
  }
  if (settings.hasAny(['profile', 'cloud']) && !settings.hasAny(['OS_AUTH_URL'])) {
    const key = settings.hasAny(['profile']) ? 'profile' : 'cloud'
    settings.complain(key, "names a vendor's profile, and those are not read: write auth.auth_url and the rest here")
  }
}

const CERTIFICATES = "certificates are always checked; name the file of the authority's in cacert"

function overrideKey({ serviceType }: WrittenCloud): string {
  return `${serviceType.replaceAll('-', '_')}_endpoint_override`
}

/** Each region has its own rating server, so an address without a region says too little. */
function readEndpoint(settings: Environment, key: string): CloudSettings['endpoint'] {
  const url = settings.url(key)
  const region = settings.text('OS_REGION_NAME')
  if (url === undefined) return null
  if (region !== undefined) return { region, url }
  settings.complain(key, 'needs region_name beside it: of which region is it the address?')
  return null
}

/** `~` as a shell would have read it; a file that is not found is noted by whoever opens it. */
function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith('~/') ? join(home, path.slice(2)) : path
}
