import type { ThreescaleSettings } from '../upstream/threescale/create.js'
import type { Environment } from './environment.js'

const TOKEN_VARIABLES = ['THREESCALE_ACCESS_TOKEN', 'THREESCALE_ACCESS_TOKEN_FILE']

/** The variables of which any configures 3scale. */
const CONNECTION = ['THREESCALE_URL', ...TOKEN_VARIABLES]

/** Settings that have no meaning without a connection. */
const OPTIONAL = ['THREESCALE_CACERT', 'THREESCALE_DEADLINE_MS']

/** Reads the 3scale tenant: `absent` when none is configured, `wrong` with a problem. */
export function readThreescaleSettings(environment: Environment): ThreescaleSettings | 'absent' | 'wrong' {
  if (!environment.hasAny(CONNECTION)) {
    const optional = OPTIONAL.find(name => environment.hasAny([name]))
    if (optional !== undefined) {
      environment.complain(
        optional,
        'is set, but 3scale is not configured: set THREESCALE_URL and THREESCALE_ACCESS_TOKEN as well, or unset it',
      )
    }
    return 'absent'
  }
  const url = environment.url('THREESCALE_URL')
  const accessToken = environment.token('THREESCALE_ACCESS_TOKEN')
  const deadlineMs = environment.integer('THREESCALE_DEADLINE_MS')
  const ca = environment.certificates('THREESCALE_CACERT')
  if (environment.text('THREESCALE_URL') === undefined) {
    environment.complain('THREESCALE_URL', "is missing: set it to the URL of the tenant's admin portal")
  }
  if (accessToken === undefined && !environment.hasAny(TOKEN_VARIABLES)) {
    environment.complain('THREESCALE_ACCESS_TOKEN', 'is missing: set it to a token with the scope Billing API')
  }
  return url === undefined || accessToken === undefined ? 'wrong' : { url, accessToken, deadlineMs, ca }
}
