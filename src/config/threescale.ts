import type { ThreescaleSettings } from '../upstream/threescale/create.js'
import type { Environment } from './environment.js'

const TOKEN_VARIABLES = ['THREESCALE_ACCESS_TOKEN', 'THREESCALE_ACCESS_TOKEN_FILE']

/** Any of these says that 3scale is meant to be configured. */
const VARIABLES = ['THREESCALE_URL', ...TOKEN_VARIABLES, 'THREESCALE_CACERT', 'THREESCALE_DEADLINE_MS']

const DEFAULT_DEADLINE_MS = 15_000

/** 3scale's part of the environment: `absent` when nothing names it, `wrong` when a problem was noted. */
export function readThreescaleSettings(environment: Environment): ThreescaleSettings | 'absent' | 'wrong' {
  if (!environment.hasAny(VARIABLES)) return 'absent'
  const url = environment.url('THREESCALE_URL')
  const accessToken = environment.token('THREESCALE_ACCESS_TOKEN')
  const deadlineMs = environment.integer('THREESCALE_DEADLINE_MS', 100, 300_000) ?? DEFAULT_DEADLINE_MS
  const ca = environment.certificates('THREESCALE_CACERT')
  if (environment.text('THREESCALE_URL') === undefined) {
    environment.complain('THREESCALE_URL', "is missing: the address of the tenant's admin portal")
  }
  if (accessToken === undefined && !environment.hasAny(TOKEN_VARIABLES)) {
    environment.complain('THREESCALE_ACCESS_TOKEN', 'is missing: a token with the scope Billing API')
  }
  return url === undefined || accessToken === undefined ? 'wrong' : { url, accessToken, deadlineMs, ca }
}
