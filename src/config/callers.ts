import type { CallerChecks, CallerSettings, KeystoneCallerSettings } from '../access/caller-settings.js'
import { decodeKeyFile, type KeyFile, KeyFileError } from '../access/key-file.js'
import type { Environment } from './environment.js'
import { readJwtSettings } from './jwt.js'
import { isLoopbackHost } from './loopback-host.js'

/** The ways by which a caller can prove who he is, and `open`, by which he need not. */
const WAYS = ['jwt', 'keys', 'keystone', 'open'] as const

type Way = (typeof WAYS)[number]

/** What has to be written out to let everybody on the network see and do everything. */
export const OPEN_TO_NETWORK = 'yes-everybody-may-read-our-bills'

/** The roles of Catalyst Cloud that may see bills: `billing` exists for it. */
const DEFAULT_ROLES = ['billing', 'project_admin', 'admin']

/** Settings that do nothing without their way: whoever set one believes that it is on. */
const BELONGS: Readonly<Record<string, Way>> = {
  AUTH_JWT_ISSUERS: 'jwt',
  AUTH_JWT_JWKS: 'jwt',
  AUTH_JWT_AUDIENCE: 'jwt',
  AUTH_KEYS_FILE: 'keys',
  AUTH_KEYSTONE_ROLES: 'keystone',
}

/** Where the gateway stands. */
export interface Surroundings {
  readonly host: string
  /** True when there is a Keystone to ask. */
  readonly hasKeystone: boolean
}

/** How callers prove who they are. What is wrong is noted; the result then is not to be used. */
export function readCallerSettings(environment: Environment, { host, hasKeystone }: Surroundings): CallerSettings {
  const ways = readWays(environment)
  if (ways === null) return 'open'
  for (const [name, way] of Object.entries(BELONGS)) {
    if (environment.hasAny([name]) && !ways.includes(way)) {
      environment.complain(name, `is set, but AUTH does not name ${way}`)
    }
  }
  if (ways.length === 0 || ways.includes('open')) {
    checkOpen(environment, host, ways)
    return 'open'
  }
  return readChecks(environment, ways, hasKeystone)
}

/** True when everybody who reaches the host may see and do everything. */
export function isOpenToNetwork(callers: CallerSettings, host: string): boolean {
  return callers === 'open' && !isLoopbackHost(host)
}

/** Null when they are wrong, [] when none is named. */
function readWays(environment: Environment): readonly Way[] | null {
  const isWay = (word: string): word is Way => WAYS.some(way => way === word)
  const words = environment.list('AUTH', isWay, `open alone, or a list of ${WAYS.slice(0, 3).join(', ')}`) ?? []
  if (words.includes('open') && words.length > 1) {
    environment.complain('AUTH', 'names open beside others: who need not say who he is never will')
  }
  return words.every(isWay) ? words : null
}

/** To a network nobody is open by accident: not by a forgotten setting, and not by one word of one. */
function checkOpen(environment: Environment, host: string, ways: readonly Way[]): void {
  const consent = environment.choice('AUTH_OPEN_TO_NETWORK', [OPEN_TO_NETWORK] as const)
  if (isLoopbackHost(host)) return
  if (ways.length === 0) {
    environment.complain(
      'AUTH',
      `is missing, and HOST is ${host}: set AUTH to jwt, keys or keystone (or several, with commas between), so that callers ` +
        'prove who they are, or HOST to 127.0.0.1',
    )
  } else if (consent === undefined && !environment.hasAny(['AUTH_OPEN_TO_NETWORK'])) {
    environment.complain(
      'AUTH',
      `is open, and HOST is ${host}: whoever reaches it may read every bill. If that is meant, set AUTH_OPEN_TO_NETWORK to ` +
        OPEN_TO_NETWORK,
    )
  }
}

function readChecks(environment: Environment, ways: readonly Way[], hasKeystone: boolean): CallerChecks {
  if (ways.includes('keystone') && !hasKeystone) {
    environment.complain('AUTH', 'names keystone, but no Keystone is configured: set OS_AUTH_URL')
  }
  return {
    jwt: ways.includes('jwt') ? readJwtSettings(environment) : null,
    keys: ways.includes('keys') ? readKeys(environment) : null,
    keystone: ways.includes('keystone') ? readKeystone(environment) : null,
  }
}

function readKeys(environment: Environment): KeyFile | null {
  const name = 'AUTH_KEYS_FILE'
  if (!environment.hasAny([name])) environment.complain(name, 'is missing: the file that billgraph keys add makes')
  const text = environment.file(name)
  if (text === undefined) return null
  try {
    return decodeKeyFile(text)
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    for (const problem of error.problems) environment.complain(name, `names a file that is wrong at ${problem}`)
    return null
  }
}

function readKeystone(environment: Environment): KeystoneCallerSettings {
  const isRole = (word: string) => /^[\w.:-]{1,255}$/.test(word)
  const roles = environment.list('AUTH_KEYSTONE_ROLES', isRole, 'a list of roles, such as billing,admin')
  return { roles: new Set(roles ?? DEFAULT_ROLES) }
}
