import type { CallerChecks, CallerSettings, KeystoneCallerSettings } from '../access/caller-settings.js'
import { decodeKeyFile, type KeyFile, KeyFileError } from '../access/key-file.js'
import type { Environment } from './environment.js'
import { readJwtSettings } from './jwt.js'
import { isLoopbackHost } from './loopback-host.js'
import { showValue } from './shown-value.js'

/** The authentication methods, and `open` for none. */
const METHODS = ['jwt', 'keys', 'keystone', 'open'] as const

type Method = (typeof METHODS)[number]

/** The value that AUTH_OPEN_TO_NETWORK must have before the gateway serves a network without authentication. */
export const OPEN_TO_NETWORK = 'yes-anyone-may-read-our-bills'

/** The roles of Catalyst Cloud that may read bills. */
const DEFAULT_ROLES = ['billing', 'project_admin', 'admin']

/** Settings that have no effect without their method. Setting one alone is an error: it is not in force as intended. */
const METHOD_OF: Readonly<Record<string, Method>> = {
  AUTH_JWT_ISSUERS: 'jwt',
  AUTH_JWT_JWKS: 'jwt',
  AUTH_JWT_AUDIENCE: 'jwt',
  AUTH_KEYS_FILE: 'keys',
  AUTH_KEYSTONE_ROLES: 'keystone',
}

/** The settings that decide which authentication is required and possible. */
export interface AuthenticationContext {
  /** The address that the gateway listens on. */
  readonly host: string
  /** True when a Keystone is configured. */
  readonly hasKeystone: boolean
}

/** Reads how callers authenticate. With problems, the result must not be used. */
export function readCallerSettings(
  environment: Environment,
  { host, hasKeystone }: AuthenticationContext,
): CallerSettings {
  const methods = readMethods(environment)
  if (methods === null) return 'open'
  for (const [name, method] of Object.entries(METHOD_OF)) {
    if (environment.hasAny([name]) && !methods.includes(method)) {
      environment.complain(name, `is set, but AUTH does not include ${method}`)
    }
  }
  if (methods.length === 0 || methods.includes('open')) {
    checkOpen(environment, host, methods)
    return 'open'
  }
  return readChecks(environment, methods, hasKeystone)
}

/** True when any client that reaches the host has full access. */
export function isOpenToNetwork(callers: CallerSettings, host: string): boolean {
  return callers === 'open' && !isLoopbackHost(host)
}

/** The methods in AUTH; null when AUTH is wrong, [] when it is not set. */
function readMethods(environment: Environment): readonly Method[] | null {
  const isMethod = (word: string): word is Method => METHODS.some(way => way === word)
  const words = environment.list('AUTH', isMethod, `open, or a list of ${METHODS.slice(0, 3).join(', ')}`) ?? []
  if (words.includes('open') && words.length > 1) {
    environment.complain(
      'AUTH',
      'includes open beside other methods, which would then never be used: set it to open alone, or remove open',
    )
  }
  return words.every(isMethod) ? words : null
}

/** Opening the gateway to a network takes two settings, so that one mistake alone cannot do it. */
function checkOpen(environment: Environment, host: string, methods: readonly Method[]): void {
  const consent = environment.choice('AUTH_OPEN_TO_NETWORK', [OPEN_TO_NETWORK] as const)
  if (isLoopbackHost(host)) return
  if (methods.length === 0) {
    environment.complain(
      'AUTH',
      `is missing, and HOST is ${host}: set AUTH to jwt, keys or keystone (or several, separated by commas), or ` +
        'HOST to 127.0.0.1',
    )
  } else if (consent === undefined && !environment.hasAny(['AUTH_OPEN_TO_NETWORK'])) {
    environment.complain(
      'AUTH',
      `is open, and HOST is ${host}: any client that reaches it could read every bill. To allow that, set AUTH_OPEN_TO_NETWORK to ` +
        OPEN_TO_NETWORK,
    )
  }
}

function readChecks(environment: Environment, methods: readonly Method[], hasKeystone: boolean): CallerChecks {
  if (methods.includes('keystone') && !hasKeystone) {
    environment.complain('AUTH', 'includes keystone, but no Keystone is configured: set OS_AUTH_URL')
  }
  return {
    jwt: methods.includes('jwt') ? readJwtSettings(environment) : null,
    keys: methods.includes('keys') ? readKeys(environment) : null,
    keystone: methods.includes('keystone') ? readKeystone(environment) : null,
  }
}

function readKeys(environment: Environment): KeyFile | null {
  const name = 'AUTH_KEYS_FILE'
  if (!environment.hasAny([name]))
    environment.complain(name, 'is missing: set it to the file that billgraph keys add writes')
  const text = environment.file(name)
  if (text === undefined) return null
  try {
    return decodeKeyFile(text)
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    for (const problem of error.problems)
      environment.complain(
        name,
        `names ${showValue(environment.text(name) ?? '')}, which is not a valid key file: ${problem}`,
      )
    return null
  }
}

function readKeystone(environment: Environment): KeystoneCallerSettings {
  const isRole = (word: string) => /^[\w.:-]{1,255}$/.test(word)
  const roles = environment.list('AUTH_KEYSTONE_ROLES', isRole, 'a list of roles, such as billing,admin')
  return { roles: new Set(roles ?? DEFAULT_ROLES) }
}
