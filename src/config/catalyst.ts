import { parseDecimal } from '../domain/decimal.js'
import { isRegion } from '../domain/native-id.js'
import type { CatalystSettings } from '../upstream/catalyst/create.js'
import { isTrustworthyUrl } from '../upstream/trustworthy-url.js'
import type { Environment } from './environment.js'
import { readKeystoneCredential } from './keystone-credential.js'

/** Any of these says that Catalyst Cloud is meant to be configured. */
const VARIABLES = [
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
  'OS_CLOUD',
  'CATALYST_CLOUDS',
  'CATALYST_CURRENCY',
  'CATALYST_DEADLINE_MS',
  'CATALYST_DRIVER',
  'CATALYST_ENDPOINTS',
  'CATALYST_REGIONS',
  'CATALYST_SERVICE_TYPE',
  'CATALYST_TAX_RATE',
]

/** A detailed bill that the server has not cached is put together for seconds. */
const DEFAULT_DEADLINE_MS = 60_000

/** Catalyst's part of the environment: `absent` when nothing names it, `wrong` when a problem was noted. */
export function readCatalystSettings(environment: Environment): CatalystSettings | 'absent' | 'wrong' {
  if (!environment.hasAny(VARIABLES)) return 'absent'
  refuseClouds(environment)
  const authUrl = environment.url('OS_AUTH_URL')
  if (environment.text('OS_AUTH_URL') === undefined)
    environment.complain('OS_AUTH_URL', 'is missing: the address of Keystone')
  if (/\/v2(\.0)?\/*$/.test(authUrl ?? ''))
    environment.complain('OS_AUTH_URL', 'is the address of version 2 of Keystone: end it in /v3')
  const credential = readKeystoneCredential(environment)
  const regions = environment.list('CATALYST_REGIONS', isRegion, 'a list of regions, such as nz-por-1,nz-hlz-1')
  const preferredRegion = environment.matching('OS_REGION_NAME', isRegion, 'the name of a region, such as nz-por-1')
  const settings = {
    serviceType: environment.text('CATALYST_SERVICE_TYPE') ?? 'ratingv2',
    interface: readInterface(environment),
    regions: regions ?? null,
    preferredRegion: preferredRegion ?? null,
    endpoints: readEndpoints(environment),
    driver: environment.choice('CATALYST_DRIVER', ['odoo', 'jsonfile'] as const) ?? null,
    currency:
      environment.matching('CATALYST_CURRENCY', text => /^[A-Z]{3}$/.test(text), 'an ISO 4217 code, such as NZD') ??
      'NZD',
    taxRate: parseDecimal(
      environment.matching(
        'CATALYST_TAX_RATE',
        text => /^(0(\.\d{1,6})?|1)$/.test(text),
        'a fraction from 0 to 1, such as 0.15',
      ) ?? '0.15',
    ),
    deadlineMs: environment.integer('CATALYST_DEADLINE_MS', 100, 300_000) ?? DEFAULT_DEADLINE_MS,
    ca: environment.certificates('OS_CACERT'),
  }
  if (authUrl === undefined || credential === undefined) return 'wrong'
  return { ...settings, authUrl: withVersion(authUrl), credential }
}

/** `https://host:5000`, with or without a slash or the version, all mean the same. */
function withVersion(authUrl: string): string {
  const trimmed = authUrl.replace(/\/+$/, '')
  return trimmed.endsWith('/v3') ? trimmed : `${trimmed}/v3`
}

/** The old spellings end in URL: publicURL. */
function readInterface(environment: Environment): string {
  const words = ['public', 'internal', 'admin', 'publicURL', 'internalURL', 'adminURL'] as const
  const word = environment.choice('OS_INTERFACE', words) ?? environment.choice('OS_ENDPOINT_TYPE', words)
  return (word ?? 'public').replace(/URL$/, '')
}

/** `nz-por-1=https://…,nz-hlz-1=https://…` */
function readEndpoints(environment: Environment): ReadonlyMap<string, string> {
  const name = 'CATALYST_ENDPOINTS'
  const pairs = (environment.text(name)?.split(',') ?? []).map(pair => {
    const mark = pair.indexOf('=')
    return [pair.slice(0, mark).trim(), pair.slice(mark + 1).trim()] as const
  })
  if (pairs.some(([region, url]) => !isRegion(region) || !isTrustworthyUrl(url))) {
    environment.complain(name, 'is not a list such as nz-por-1=https://rating.example.com,nz-hlz-1=https://…')
    return new Map()
  }
  return new Map(pairs)
}

/** To ignore these would start the gateway on something else than what was meant. */
function refuseClouds(environment: Environment): void {
  for (const name of ['OS_CLOUD', 'CATALYST_CLOUDS']) {
    if (environment.hasAny([name]))
      environment.complain(name, 'is not understood: set the OS_ variables of one project')
  }
}
