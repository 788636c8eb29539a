import { parseDecimal } from '../domain/decimal.js'
import { isRegion } from '../domain/native-id.js'
import type { CatalystSettings } from '../upstream/catalyst/open.js'
import { isTrustworthyUrl } from '../upstream/http/url-trust.js'
import { ACCOUNT_VARIABLES, readCatalystAccount } from './catalyst-account.js'
import type { CloudSettings } from './cloud-account.js'
import { CLOUD_VARIABLES, readClouds } from './clouds.js'
import type { Environment } from './environment.js'
import { showValue } from './shown-value.js'

/** The variables of which any configures a Catalyst account. */
const ACCOUNTS = [...CLOUD_VARIABLES, ...ACCOUNT_VARIABLES]

/** The variables that apply to all accounts. They have no meaning without one. */
const COMMON = [
  'CATALYST_CURRENCY',
  'CATALYST_DEADLINE_MS',
  'CATALYST_DRIVER',
  'CATALYST_ENDPOINTS',
  'CATALYST_REGIONS',
  'CATALYST_SERVICE_TYPE',
  'CATALYST_TAX_RATE',
  'TAX_ROUNDING',
]

/**
 * Reads the Catalyst accounts: one from the environment, or those from clouds.yaml, the default one first. `absent` when none is
 * configured; `[]` only with a problem.
 */
export function readCatalystSettings(environment: Environment): readonly CatalystSettings[] | 'absent' {
  if (!environment.hasAny(ACCOUNTS)) {
    checkCommon(environment)
    return 'absent'
  }
  if (environment.hasAny(CLOUD_VARIABLES)) {
    const clouds = readClouds(environment, serviceTypeIn(environment))
    const common = readCommon(environment)
    return clouds.map(({ endpoint, ...account }) => ({
      ...common,
      ...account,
      endpoints: withEndpoint(common.endpoints, endpoint),
    }))
  }
  const account = readCatalystAccount(environment)
  const common = readCommon(environment)
  return account ? [{ ...common, ...account }] : []
}

/** Reports settings that are set without an account, in one problem. */
function checkCommon(environment: Environment): void {
  const [first, ...more] = COMMON.filter(name => environment.hasAny([name]))
  if (first === undefined) return
  const others = more.length === 0 ? '' : ` (and ${more.join(', ')})`
  environment.complain(
    first,
    `is set${others}, but no Catalyst Cloud account is configured: set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS as well, or unset it`,
  )
}

/** The settings that apply to all accounts. */
function readCommon(environment: Environment) {
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
    taxRounding: environment.choice('TAX_ROUNDING', ['HALF_EVEN', 'HALF_UP'] as const) ?? 'HALF_EVEN',
    deadlineMs: environment.integer('CATALYST_DEADLINE_MS'),
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
  const wrong = pairs.find(([region, url]) => !isRegion(region) || !isTrustworthyUrl(url))
  if (wrong) {
    environment.complain(
      name,
      `has ${showEndpoint(wrong)}; expected a list such as nz-por-1=https://rating.example.com,nz-hlz-1=https://…`,
    )
    return new Map()
  }
  return new Map(pairs)
}

function showEndpoint([region, url]: readonly [string, string]): string {
  return showValue(`${region}=${url}`)
}

/** The endpoints, with the one that clouds.yaml sets for its region in place of the common one. */
function withEndpoint(
  endpoints: ReadonlyMap<string, string>,
  own: CloudSettings['endpoint'],
): ReadonlyMap<string, string> {
  return own === null ? endpoints : new Map([...endpoints, [own.region, own.url]])
}
