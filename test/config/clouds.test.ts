import { describe, expect, it } from 'vitest'
import { readCatalystSettings } from '../../src/config/catalyst.js'
import { Environment } from '../../src/config/environment.js'
import type { CatalystSettings } from '../../src/upstream/catalyst/open.js'
import { configOf, environmentOf, type Files, PASSWORD_BY_IDS, PEM, problemsOf, type Variables } from './variables.js'

const CANARY = 'canary-hoiho-2290'

const AUTH = { auth_url: 'https://keystone.example.com:5000', user_id: 'u1', password: 'pw', project_id: 'p1' }

/** clouds.yaml in the current directory; JSON is YAML. */
function cloudsFile(clouds: object): Files {
  return { 'clouds.yaml': JSON.stringify({ clouds }) }
}

/** One cloud, acme, with the required settings and these. */
function acme(more: object, auth: object = {}): Files {
  return cloudsFile({ acme: { auth: { ...AUTH, ...auth }, ...more } })
}

function settingsOf(files: Files, variables: Variables = { OS_CLOUD: 'acme' }): readonly CatalystSettings[] {
  const environment = environmentOf(variables, files)
  const settings = readCatalystSettings(environment)
  expect(environment.problems).toEqual([])
  if (settings === 'absent') throw new Error('Catalyst is absent')
  return settings
}

const CLOUD = 'cloud acme (clouds.yaml): '

describe('a cloud of clouds.yaml', () => {
  it('is an account with the defaults of Catalyst Cloud', () => {
    expect(settingsOf(acme({}))).toEqual([
      {
        cloud: 'acme',
        authUrl: 'https://keystone.example.com:5000/v3',
        credential: { method: 'password', user: { id: 'u1' }, password: 'pw', project: { id: 'p1' } },
        serviceType: 'ratingv2',
        interface: 'public',
        regions: null,
        preferredRegion: null,
        endpoints: new Map(),
        driver: null,
        currency: 'NZD',
        taxRate: { digits: 15n, scale: 2 },
        taxRounding: 'HALF_EVEN',
        deadlineMs: 60_000,
        ca: undefined,
      },
    ])
  })

  it.each<[string, object, CatalystSettings['credential']]>([
    [
      'a user and a project by name',
      {
        username: 'ana',
        user_domain_name: 'Default',
        password: '0123',
        project_name: 'hosting',
        project_domain_id: 'default',
      },
      {
        method: 'password',
        user: { name: 'ana', domain: { name: 'Default' } },
        password: '0123',
        project: { name: 'hosting', domain: { id: 'default' } },
      },
    ],
    [
      'domains the other way round',
      {
        username: 'ana',
        user_domain_id: 'default',
        password: 'pw',
        project_name: 'hosting',
        project_domain_name: 'Default',
      },
      {
        method: 'password',
        user: { name: 'ana', domain: { id: 'default' } },
        password: 'pw',
        project: { name: 'hosting', domain: { name: 'Default' } },
      },
    ],
    [
      'an application credential by id',
      { application_credential_id: 'ac1', application_credential_secret: 's' },
      { method: 'application_credential', credential: { id: 'ac1' }, secret: 's' },
    ],
    [
      'an application credential by name',
      { application_credential_name: 'gateway', application_credential_secret: 's', user_id: 'u1' },
      { method: 'application_credential', credential: { name: 'gateway', user: { id: 'u1' } }, secret: 's' },
    ],
    ['a token', { token: 't' }, { method: 'token', token: 't', project: null }],
  ])('accepts %s', (_what, auth, credential) => {
    const [account] = settingsOf(cloudsFile({ acme: { auth: { auth_url: AUTH.auth_url, ...auth } } }))

    expect(account?.credential).toEqual(credential)
  })

  it.each<[object, Partial<CatalystSettings>]>([
    [{ region_name: 'nz-hlz-1' }, { preferredRegion: 'nz-hlz-1' }],
    [{ 'region-name': 'nz-hlz-1' }, { preferredRegion: 'nz-hlz-1' }],
    [{ region: 'nz-por-1', region_name: 'nz-hlz-1' }, { preferredRegion: 'nz-hlz-1' }],
    [{ interface: 'internal' }, { interface: 'internal' }],
    [{ endpoint_type: 'adminURL' }, { interface: 'admin' }],
    [{ verify: 'true' }, {}],
    [{ verify: 'Yes', insecure: 'no' }, {}],
    [{ identity_api_version: '3' }, {}],
    [{ identity_api_version: 'v3.14' }, {}],
    [{ profile: 'catalyst' }, {}],
    [{ compute_api_version: '2.1', volume: { anything: ['at', 'all'] } }, {}],
    [
      { region_name: 'nz-por-1', ratingv2_endpoint_override: 'https://rating.example.com:9999' },
      { preferredRegion: 'nz-por-1', endpoints: new Map([['nz-por-1', 'https://rating.example.com:9999']]) },
    ],
    [{ auth_type: 'v3password' }, {}],
  ])('accepts %j', (more, expected) => {
    expect(settingsOf(acme(more))).toEqual([{ ...settingsOf(acme({}))[0], ...expected }])
  })

  it('accepts a certificate file, also under the home directory', () => {
    const files = { '/ca.pem': PEM, '/home/ana/ca.pem': PEM.replace('MIIB', 'MIIC') }

    expect(settingsOf({ ...acme({ cacert: '/ca.pem' }), ...files })[0]?.ca).toBe(PEM.trim())
    expect(
      settingsOf({ ...acme({ cacert: '~/ca.pem' }), ...files }, { OS_CLOUD: 'acme', HOME: '/home/ana' })[0]?.ca,
    ).toContain('MIIC')
  })

  it.each<[object, object, string]>([
    [{}, { auth_url: undefined }, 'auth.auth_url is missing: set it to the URL of Keystone'],
    [
      {},
      { auth_url: `http://ana:${CANARY}@keystone.example.com` },
      'auth.auth_url is a value that is not shown here, since it may hold a secret; expected an https URL without user, query or fragment (plain http is for loopback addresses only)',
    ],
    [
      {},
      { auth_url: 'https://keystone.example.com/v2.0' },
      'auth.auth_url is the URL of version 2 of Keystone: end it in /v3',
    ],
    [{}, { user_id: undefined }, 'auth.username is missing, and so is auth.user_id'],
    [
      {},
      { user_id: undefined, username: 'ana' },
      'auth.user_domain_name is missing, and so is auth.user_domain_id: auth.username needs its domain',
    ],
    [{}, { password: undefined }, 'auth.password is missing'],
    [{}, { password: null }, 'auth.password is missing'],
    [{}, { password: `${CANARY}\n2` }, 'auth.password is not one line of text'],
    [{}, { password: [CANARY] }, 'auth.password is not text'],
    [
      {},
      { project_id: undefined },
      'auth.project_name is missing, and so is auth.project_id: set one to the project whose bills are read',
    ],
    [
      {},
      { project_id: undefined, project_name: 'hosting' },
      'auth.project_domain_name is missing, and so is auth.project_domain_id: auth.project_name needs its domain',
    ],
    [
      { auth_type: 'v3oidcpassword' },
      {},
      'auth_type is "v3oidcpassword"; expected one of password, v3password, token, v3token, applicationcredential, v3applicationcredential',
    ],
    [{ auth_type: 'token' }, { token: `${CANARY}é` }, 'auth.token is not one line of printable ASCII'],
    [
      { auth_type: 'v3applicationcredential' },
      { application_credential_id: 'ac1' },
      'auth.application_credential_secret is missing',
    ],
    [{ region_name: 'nz por' }, {}, 'region_name is "nz por"; expected the name of a region, such as nz-por-1'],
    [{ region_name: ['a', 'b'] }, {}, 'region_name is not text'],
    [{ region: 'nz-por-1' }, {}, "region is not a key that OpenStack's clients read: use region_name"],
    [
      { interface: 'private' },
      {},
      'interface is "private"; expected one of public, internal, admin, publicURL, internalURL, adminURL',
    ],
    [{ cacert: '/none.pem' }, {}, 'cacert names "/none.pem", which cannot be read: no such file (ENOENT)'],
    [
      { verify: 'false' },
      {},
      'verify is "false"; expected true: certificates are always verified; to trust another authority, set cacert to its certificate file',
    ],
    [
      { verify: false },
      {},
      'verify is "false"; expected true: certificates are always verified; to trust another authority, set cacert to its certificate file',
    ],
    [
      { insecure: 'True' },
      {},
      'insecure is "True"; expected false: certificates are always verified; to trust another authority, set cacert to its certificate file',
    ],
    [
      { identity_api_version: 2 },
      {},
      'identity_api_version is "2"; expected 3, the only supported version of Keystone',
    ],
    [
      { ratingv2_endpoint_override: 'https://rating.example.com' },
      {},
      'ratingv2_endpoint_override is set without region_name: set the region that the URL is for',
    ],
    [
      { region_name: 'nz-por-1', ratingv2_endpoint_override: `https://${CANARY}@rating.example.com` },
      {},
      'ratingv2_endpoint_override is a value that is not shown here, since it may hold a secret; expected an https URL without user, query or fragment (plain http is for loopback addresses only)',
    ],
  ])('with %j and auth %j is refused', (more, auth, problem) => {
    const problems = problemsOf({ OS_CLOUD: 'acme' }, acme(more, auth))

    expect(problems).toEqual([`${CLOUD}${problem}`])
    expect(problems.join()).not.toContain(CANARY)
  })

  it("refuses a vendor's profile, which would have had the URL", () => {
    const { auth_url: _, ...auth } = AUTH

    for (const key of ['profile', 'cloud']) {
      expect(problemsOf({ OS_CLOUD: 'acme' }, cloudsFile({ acme: { auth, [key]: 'catalyst' } }))).toEqual([
        `${CLOUD}auth.auth_url is missing: set it to the URL of Keystone`,
        `${CLOUD}${key} names a vendor profile, which is not supported: set auth.auth_url and the other keys of the account here`,
      ])
    }
  })

  it.each([null, 'text', ['list'], { auth: 'text' }])('is refused when it is %j', entry => {
    expect(problemsOf({ OS_CLOUD: 'acme' }, cloudsFile({ acme: entry }))).toEqual([
      'cloud acme (clouds.yaml) is not a map of settings',
    ])
  })

  it('names the key of its URL after the service type', () => {
    const file = acme({ region_name: 'r1', private_rating_endpoint_override: 'https://rating.example.com' })
    const [account] = settingsOf(file, { OS_CLOUD: 'acme', CATALYST_SERVICE_TYPE: 'private-rating' })

    expect(account?.serviceType).toBe('private-rating')
    expect([...(account?.endpoints ?? [])]).toEqual([['r1', 'https://rating.example.com']])
  })
})

describe('CATALYST_CLOUDS', () => {
  const two = cloudsFile({
    acme: { auth: AUTH },
    test: {
      auth: { ...AUTH, project_id: 'p2' },
      region_name: 'r1',
      ratingv2_endpoint_override: 'https://own.example.com',
    },
  })

  it('names several accounts, in that order, each once', () => {
    expect(settingsOf(two, { CATALYST_CLOUDS: 'test, acme,test' }).map(({ cloud }) => cloud)).toEqual(['test', 'acme'])
  })

  it('takes common settings from the CATALYST_ variables, and its own URL for its own region', () => {
    const settings = settingsOf(two, {
      CATALYST_CLOUDS: 'acme,test',
      CATALYST_CURRENCY: 'AUD',
      CATALYST_REGIONS: 'r1,r2',
      CATALYST_DRIVER: 'odoo',
      CATALYST_DEADLINE_MS: '1500',
      CATALYST_ENDPOINTS: 'r1=https://r1.example.com,r2=https://r2.example.com',
    })

    const shared = { currency: 'AUD', regions: ['r1', 'r2'], driver: 'odoo', deadlineMs: 1500 }
    expect(settings).toMatchObject([shared, shared])
    expect(settings.map(({ endpoints }) => endpoints.get('r1'))).toEqual([
      'https://r1.example.com',
      'https://own.example.com',
    ])
    expect(settings.map(({ endpoints }) => endpoints.get('r2'))).toEqual(Array(2).fill('https://r2.example.com'))
  })

  it('lists the problems of all clouds at once', () => {
    const files = cloudsFile({ acme: { auth: { ...AUTH, password: '' } }, test: { auth: AUTH, verify: 'false' } })

    expect(problemsOf({ CATALYST_CLOUDS: 'acme,test,other', CATALYST_TAX_RATE: '15' }, files)).toEqual([
      'cloud acme (clouds.yaml): auth.password is missing',
      expect.stringMatching(/^cloud test \(clouds\.yaml\): verify is "false"; expected true/),
      'CATALYST_CLOUDS names the cloud other, which is not in clouds.yaml',
      'CATALYST_TAX_RATE is "15"; expected a fraction from 0 to 1, such as 0.15',
    ])
  })

  it.each<[Variables, string]>([
    [
      { CATALYST_CLOUDS: 'acme,' },
      'CATALYST_CLOUDS has ""; expected a list of names of clouds in clouds.yaml, such as acme,acme-test',
    ],
    [{ OS_CLOUD: 'acme,test' }, 'OS_CLOUD is "acme,test"; expected the name of a cloud in clouds.yaml'],
    [{ OS_CLOUD: 'a\u0007' }, 'OS_CLOUD is "a\\u0007"; expected the name of a cloud in clouds.yaml'],
    [{ OS_CLOUD: '__proto__' }, 'OS_CLOUD names the cloud __proto__, which is not in clouds.yaml'],
    [{ OS_CLOUD: 'toString' }, 'OS_CLOUD names the cloud toString, which is not in clouds.yaml'],
    [
      { OS_CLOUD: 'acme', CATALYST_CLOUDS: 'acme,test' },
      'OS_CLOUD is set, and so is CATALYST_CLOUDS: unset one or the other',
    ],
    [
      { CATALYST_CLOUDS: 'acme', OS_REGION_NAME: 'nz-por-1' },
      'CATALYST_CLOUDS is set, and so is OS_REGION_NAME: unset one or the other',
    ],
    [
      { OS_CLOUD: 'acme', ...PASSWORD_BY_IDS, OS_PASSWORD: CANARY },
      'OS_CLOUD is set, and so are OS_AUTH_URL, OS_USER_ID, OS_PASSWORD, OS_PROJECT_ID: unset one or the other',
    ],
  ])('of %j: %s', (variables, problem) => {
    expect(problemsOf(variables, two)).toEqual([problem])
  })

  it('is required for clouds.yaml to be read, or else OS_CLOUD', () => {
    expect(configOf({}, two)).toMatchObject({ isDemo: true, systems: { catalyst: [] } })
    expect(configOf(PASSWORD_BY_IDS, two).systems.catalyst).toHaveLength(1)
  })
})

describe('the files', () => {
  const HOME = { OS_CLOUD: 'acme', HOME: '/home/ana' }
  const from = (project: string): string =>
    JSON.stringify({ clouds: { acme: { auth: { ...AUTH, project_id: project } } } })

  it.each<[string, Variables, Files, string]>([
    ['the current directory', HOME, { 'clouds.yaml': from('here'), '/etc/openstack/clouds.yaml': from('etc') }, 'here'],
    ['clouds.yml', HOME, { 'clouds.yml': from('yml') }, 'yml'],
    ['clouds.json', HOME, { 'clouds.json': from('json') }, 'json'],
    [
      "the user's directory",
      HOME,
      { '/home/ana/.config/openstack/clouds.yaml': from('home'), '/etc/openstack/clouds.yaml': from('etc') },
      'home',
    ],
    [
      'XDG_CONFIG_HOME before it',
      { ...HOME, XDG_CONFIG_HOME: '/xdg' },
      { '/xdg/openstack/clouds.yaml': from('xdg'), '/home/ana/.config/openstack/clouds.yaml': from('home') },
      'xdg',
    ],
    [
      'the usual one where XDG_CONFIG_HOME has none',
      { ...HOME, XDG_CONFIG_HOME: '/xdg' },
      { '/home/ana/.config/openstack/clouds.yaml': from('home') },
      'home',
    ],
    ['/etc/openstack', { OS_CLOUD: 'acme' }, { '/etc/openstack/clouds.yaml': from('etc') }, 'etc'],
    [
      'where OS_CLIENT_CONFIG_FILE says',
      { ...HOME, OS_CLIENT_CONFIG_FILE: '/run/c.yaml' },
      { '/run/c.yaml': from('run'), 'clouds.yaml': from('here') },
      'run',
    ],
    ['secure.yaml alone', HOME, { 'secure.yaml': from('secure') }, 'secure'],
  ])('are found: %s', (_where, variables, files, project) => {
    expect(settingsOf(files, variables)[0]?.credential).toMatchObject({ project: { id: project } })
  })

  it.each<[string, Variables, string]>([
    ['in the same directory', { OS_CLOUD: 'acme' }, 'secure.yaml'],
    ['further on the way', { OS_CLOUD: 'acme' }, '/etc/openstack/secure.yaml'],
    ['beside the file that is named', { OS_CLOUD: 'acme', OS_CLIENT_CONFIG_FILE: '/run/c.yaml' }, '/run/secure.yaml'],
    ['where OS_CLIENT_SECURE_FILE says', { OS_CLOUD: 'acme', OS_CLIENT_SECURE_FILE: '/run/s.yaml' }, '/run/s.yaml'],
  ])('secure.yaml overrides clouds.yaml: %s', (_where, variables, path) => {
    const clouds = JSON.stringify({ clouds: { acme: { auth: { ...AUTH, password: 'old' }, region_name: 'r1' } } })
    const secure = JSON.stringify({ clouds: { acme: { auth: { password: 'new' } }, other: {} } })
    const [account] = settingsOf({ 'clouds.yaml': clouds, '/run/c.yaml': clouds, [path]: secure }, variables)

    expect(account).toMatchObject({
      credential: { password: 'new', project: { id: 'p1' } },
      authUrl: 'https://keystone.example.com:5000/v3',
      preferredRegion: 'r1',
    })
  })

  it('are both named when a setting is wrong', () => {
    const files = { ...acme({}), '/etc/openstack/secure.yaml': 'clouds: {acme: {auth: {password: "a\\nb"}}}' }

    expect(problemsOf({ OS_CLOUD: 'acme' }, files)).toEqual([
      'cloud acme (clouds.yaml with /etc/openstack/secure.yaml): auth.password is not one line of text',
    ])
  })

  it.each<[string, Variables, Files, string]>([
    [
      'none at all',
      {},
      {},
      'OS_CLOUD is set, but there is no clouds.yaml in the current directory, ~/.config/openstack or /etc/openstack, and OS_CLIENT_CONFIG_FILE is not set',
    ],
    [
      'a name of none',
      { OS_CLIENT_CONFIG_FILE: '/none' },
      acme({}),
      'OS_CLIENT_CONFIG_FILE names "/none", which cannot be read: no such file (ENOENT)',
    ],
    [
      'a secure one that is none',
      { OS_CLIENT_SECURE_FILE: '/none' },
      acme({}),
      'OS_CLIENT_SECURE_FILE names "/none", which cannot be read: no such file (ENOENT)',
    ],
    ['no YAML', {}, { 'clouds.yaml': `clouds:\n\t${CANARY}` }, 'clouds.yaml is not YAML: see line 2 (TAB_AS_INDENT)'],
    [
      'a list',
      {},
      { 'clouds.yaml': '- acme' },
      'clouds.yaml is not a map with the key clouds, which maps names to clouds',
    ],
    [
      'a list of clouds',
      {},
      { 'clouds.yaml': 'clouds: [acme]' },
      'clouds.yaml is not a map with the key clouds, which maps names to clouds',
    ],
    ['an empty one', {}, { 'clouds.yaml': '' }, 'OS_CLOUD names the cloud acme, which is not in clouds.yaml'],
    ['no clouds', {}, { 'clouds.yaml': 'clouds:' }, 'OS_CLOUD names the cloud acme, which is not in clouds.yaml'],
  ])('are refused: %s', (_what, variables, files, problem) => {
    expect(problemsOf({ OS_CLOUD: 'acme', ...variables }, files)).toEqual([problem])
  })

  it('that exist but cannot be read are not skipped in favour of the next', () => {
    const environment = new Environment({ OS_CLOUD: 'acme' }, path => {
      if (path === 'clouds.yaml') throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
      return acme({})['clouds.yaml'] ?? ''
    })

    expect(readCatalystSettings(environment)).toEqual([])
    expect(environment.problems).toEqual(['clouds.yaml cannot be read: permission denied (EACCES)'])
  })
})
