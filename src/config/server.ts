import type { CorsSettings } from '../server/http/cors.js'
import { DEFAULT_DRAIN, type DrainSettings, type ServerSettings } from '../server/settings.js'
import { readAdmissionSettings } from './admission.js'
import type { Environment } from './environment.js'
import { readTrustedDocuments } from './trusted-documents.js'
import { readTrustedProxies } from './trusted-proxies.js'

const ON_OFF = ['on', 'off'] as const

/** Reads the settings of the GraphQL server. */
export function readServerSettings(
  environment: Environment,
  { isProduction, isDemo }: { readonly isProduction: boolean; readonly isDemo: boolean },
): Omit<ServerSettings, 'keepsAnswers'> {
  const hasExplorer = isOn(environment, 'EXPLORER', !isProduction)
  return {
    // The explorer needs the schema.
    hasIntrospection: isOn(environment, 'INTROSPECTION', hasExplorer),
    hasExplorer,
    hasPersistedQueries: isOn(environment, 'APQ', true),
    trustedDocuments: readTrustedDocuments(environment),
    cors: readCors(environment),
    hasCompression: isOn(environment, 'COMPRESSION', true),
    hasDashboard: isOn(environment, 'DASHBOARD', !isProduction || isDemo),
    admission: readAdmissionSettings(environment),
    drain: readDrain(environment, isDemo),
    trustedProxies: readTrustedProxies(environment),
  }
}

/** No load balancer is in front of the demo, so it does not wait for one. */
function readDrain(environment: Environment, isDemo: boolean): DrainSettings {
  const timeoutMs = environment.integer('DRAIN_TIMEOUT_MS')
  const givenMs = environment.optionalInteger('DRAIN_DELAY_MS')
  const delayMs = givenMs ?? (isDemo ? 0 : Math.min(DEFAULT_DRAIN.delayMs, Math.floor(timeoutMs / 4)))
  if (delayMs > timeoutMs) {
    environment.complain('DRAIN_DELAY_MS', `is ${delayMs}, which is more than DRAIN_TIMEOUT_MS (${timeoutMs})`)
  }
  return { delayMs, timeoutMs }
}

function isOn(environment: Environment, name: string, isOnByDefault: boolean): boolean {
  const word = environment.choice(name, ON_OFF)
  return word === undefined ? isOnByDefault : word === 'on'
}

function readCors(environment: Environment): CorsSettings | null {
  const origins = environment.list(
    'CORS_ORIGINS',
    isOrigin,
    'a list of origins such as https://bills.example.com, or *',
  )
  const hasCredentials = isOn(environment, 'CORS_CREDENTIALS', false)
  if (origins === undefined) {
    if (hasCredentials)
      environment.complain('CORS_CREDENTIALS', 'is on, but CORS_ORIGINS is missing: set the allowed origins')
    return null
  }
  if (origins.includes('*') && origins.length > 1) {
    environment.complain('CORS_ORIGINS', 'has * beside other origins: use * alone')
  }
  if (origins.includes('*') && hasCredentials) {
    environment.complain(
      'CORS_ORIGINS',
      "is *, which is not allowed with CORS_CREDENTIALS=on: any page could send requests with its visitor's cookies",
    )
  }
  return { origins, hasCredentials }
}

/** True for an origin as browsers send it: without path or default port, in lower case. */
function isOrigin(text: string): boolean {
  if (text === '*') return true
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text
}
