import { parseDecimal } from '../domain/decimal.js'
import { isRegion } from '../domain/native-id.js'
import type { CatalystSettings } from '../upstream/catalyst/open.js'
import { isTrustworthyUrl } from '../upstream/http/url-trust.js'
import { ACCOUNT_VARIABLES, readCatalystAccount } from './catalyst-account.js'
import type { CloudSettings } from './cloud-account.js'
import { CLOUD_VARIABLES, readClouds } from './clouds.js'
import type { Environment } from './environment.js'

/** Any of these says that Catalyst Cloud is meant to be configured. */
const VARIABLES = [
  ...CLOUD_VARIABLES,
  ...ACCOUNT_VARIABLES,
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

/**
 * Catalyst's part of the environment: one account, or those that clouds.yaml describes, the default one first. `absent` when
 * nothing names it; `[]` only where a problem was noted.
 */
export function readCatalystSettings(environment: Environment): readonly CatalystSettings[] | 'absent' {
  if (!environment.hasAny(VARIABLES)) return 'absent'
  if (environment.hasAny(CLOUD_VARIABLES)) {
    const clouds = readClouds(environment, serviceTypeIn(environment))
    const terms = readTerms(environment)
    return clouds.map(({ endpoint, ...account }) => ({
      ...terms,
      ...account,
      endpoints: withEndpoint(terms.endpoints, endpoint),
    }))
  }
  const account = readCatalystAccount(environment)
  const terms = readTerms(environment)
  return account ? [{ ...terms, ...account }] : []
}

/** What holds for all accounts. */
function readTerms(environment: Environment) {
  return {
    serviceType: serviceTypeIn(environment),
    regions: environment.list('CATALYST_REGIONS', isRegion, 'a list of regions, such as nz-por-1,nz-hlz-1') ?? null,
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
  }
}

function serviceTypeIn(environment: Environment): string {
  return environment.text('CATALYST_SERVICE_TYPE') ?? 'ratingv2'
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

/** A cloud's own address is the more particular one: it counts for its region. */
function withEndpoint(
  endpoints: ReadonlyMap<string, string>,
  own: CloudSettings['endpoint'],
): ReadonlyMap<string, string> {
  return own === null ? endpoints : new Map([...endpoints, [own.region, own.url]])
}
