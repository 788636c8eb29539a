import { describe, expect, it } from 'vitest'
import { SETTING_GROUPS } from '../../src/config/settings/all-settings.js'
import { fileVariable } from '../../src/config/settings/setting.js'
import { gatewayConfigOf, PASSWORD_BY_IDS, problemsOf, THREESCALE, type Variables } from './variables.js'

const settings = SETTING_GROUPS.flatMap(group => group.settings)

/** Both billing systems, for callers without authentication. */
const OPEN: Variables = { ...PASSWORD_BY_IDS, ...THREESCALE }

/** The same for callers of every kind. */
const AUTHENTICATED: Variables = {
  ...OPEN,
  AUTH: 'jwt,keys,keystone',
  AUTH_JWT_ISSUERS: 'https://login.example.com',
  AUTH_JWT_AUDIENCE: 'billgraph',
  AUTH_KEYS_FILE: '/keys.json',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
}

const FILES = {
  '/keys.json': JSON.stringify({ version: 1, holders: [] }),
  '/clouds.yaml': JSON.stringify({
    clouds: { acme: { auth: { auth_url: 'https://keystone', username: 'u', user_domain_id: 'd' } } },
  }),
}

/** Configurations that together read every setting. What is wrong in them does not matter. */
const CONFIGURATIONS: readonly Variables[] = [
  OPEN,
  AUTHENTICATED,
  { OS_CLOUD: 'acme', OS_CLIENT_CONFIG_FILE: '/clouds.yaml' },
  { OS_APPLICATION_CREDENTIAL_NAME: 'c', OS_USERNAME: 'u' },
  { OS_TOKEN: 't', OS_PROJECT_NAME: 'p' },
  { TRUSTED_DOCUMENTS: 'enforce' },
]

/** The problems of the setting itself, with a configuration in which it counts. */
function problemsWith(name: string, value: string): readonly string[] {
  const base = name.startsWith('AUTH_OPEN') ? OPEN : AUTHENTICATED
  return problemsOf({ ...base, [name]: value }, FILES, gatewayConfigOf).filter(problem =>
    problem.startsWith(`${name} `),
  )
}

/** The names of the variables that the gateway reads in these configurations. */
function readNames(): ReadonlySet<string> {
  const names = new Set<string>()
  for (const variables of CONFIGURATIONS) {
    const recording = new Proxy(variables, {
      get: (target, name) => {
        names.add(String(name))
        return target[String(name)]
      },
    })
    problemsOf(recording, FILES, gatewayConfigOf)
  }
  return names
}

describe('the descriptions of the settings', () => {
  it('are of exactly the variables that the gateway reads', () => {
    const described = settings.flatMap(setting => [setting.name, fileVariable(setting) ?? []]).flat()
    const ofMachine = ['HOME', 'NODE_TLS_REJECT_UNAUTHORIZED', 'XDG_CONFIG_HOME']

    expect([...readNames()].sort()).toEqual([...described, ...ofMachine].sort())
  })

  // Numbers are read with the bounds and the default of the description.
  const others = settings.filter(({ form }) => form.kind !== 'number')
  it.each(others.flatMap(setting => (setting.default === null ? [] : [[setting.name, setting.default] as const])))(
    'have the default of %s: set to %j, the configuration is the same as without it',
    (name, standard) => {
      const base = name === 'AUTH' ? OPEN : AUTHENTICATED
      expect(gatewayConfigOf({ ...base, [name]: standard }, FILES)).toEqual(gatewayConfigOf(base, FILES))
    },
  )

  it('have bounds between which the default of a number lies', () => {
    const numbers = settings.flatMap(({ name, form, default: standard }) =>
      form.kind === 'number' && standard !== null ? [{ name, form, value: Number(standard) }] : [],
    )
    expect(numbers.length).toBeGreaterThan(20)
    expect(numbers.filter(({ form, value }) => !(value >= form.min && value <= form.max))).toEqual([])
  })

  it.each(settings.flatMap(({ name, form }) => (form.kind === 'words' ? [[name, form.words] as const] : [])))(
    'have the words of %s: %j',
    (name, words) => {
      expect(problemsWith(name, 'no-such-word')).toEqual([
        `${name} is "no-such-word"; expected one of ${words.join(', ')}`,
      ])
    },
  )
})
