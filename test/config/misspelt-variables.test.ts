import { describe, expect, it } from 'vitest'
import { KNOWN_VARIABLES } from '../../src/config/known-variables.js'
import { findMisspellings } from '../../src/config/misspelt-variables.js'
import { editDistance } from '../../src/domain/edit-distance.js'
import { configOf, gatewayConfigOf, problemsOf, THREESCALE } from './variables.js'

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['PORT', 'PORT', 0],
    ['PORT', '', 4],
    ['PROT', 'PORT', 1],
    ['LOGLEVEL', 'LOG_LEVEL', 1],
    ['CATALYST_TAXRAET', 'CATALYST_TAX_RATE', 2],
    ['HOME', 'HOST', 2],
  ])('from %j to %j is %i, in both directions', (a, b, distance) => {
    expect([editDistance(a, b), editDistance(b, a)]).toEqual([distance, distance])
  })
})

describe('a misspelt setting', () => {
  it.each([
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['PROT', 'PORT'],
    ['CACHES', 'CACHE'],
    ['CATALYST_CURENCY', 'CATALYST_CURRENCY'],
    ['CATALYST_TAX', 'CATALYST_TAX_RATE'],
    ['TAX_RUONDING', 'TAX_ROUNDING'],
    ['THREESCALE_DEADLINE', 'THREESCALE_DEADLINE_MS'],
    ['OS_USER_NAME', 'OS_USERNAME'],
    ['LIMIT_DEPHT', 'LIMIT_DEPTH'],
    ['BILLGRAPH_LOG_LEVEL', 'LOG_LEVEL'],
    ['BILLGRAPH_THREESCALE_ACCESS_TOKEN_FILE', 'THREESCALE_ACCESS_TOKEN_FILE'],
    ['TRUSTED_PROXIES', 'TRUST_PROXY'],
    ['TRUST_PROXIES', 'TRUST_PROXY'],
  ])('%s is reported as a warning with the nearest name, %s', (variable, nearest) => {
    const warning = `${variable} is not a setting of Billgraph; the nearest one is ${nearest}. It is ignored.`
    expect(configOf({ [variable]: 'x' }).warnings).toEqual([warning])
    expect(gatewayConfigOf({ ...THREESCALE, [variable]: 'x' }).warnings).toEqual([warning])
  })

  it.each([
    ['NODE_ENVV', 'NODE_ENV'],
    ['AUTH_KEYSTONE_ROLE', 'AUTH_KEYSTONE_ROLES'],
    ['AUTH_JWT_AUDIENCES', 'AUTH_JWT_AUDIENCE'],
    ['TRUSTED_DOCUMENT', 'TRUSTED_DOCUMENTS'],
    ['BILLGRAPH_AUTH', 'AUTH'],
    ['BILLGRAPH_AUTH_KEYS_FILE', 'AUTH_KEYS_FILE'],
  ])('%s keeps the gateway from starting, since %s protects it', (variable, nearest) => {
    expect(problemsOf({ [variable]: 'x' })).toEqual([
      `${variable} is not a setting of Billgraph; the nearest one is ${nearest}: rename or unset it`,
    ])
  })

  it('of an earlier version is reported with what to set instead', () => {
    const removed = { FRONT_THREAD: 'on', LOAD_OPERATIONS: '5', LOAD_OPERATIONS_OF_CALLER: '2', LOAD_WAITING: '9' }
    expect(configOf({ ...removed, LOAD_LOOP_DELAY_MS: '200' }).warnings).toEqual([
      'FRONT_THREAD was removed: unset it, since one thread listens and executes. It is ignored.',
      'LOAD_OPERATIONS was removed: set ADMISSION_PERMITS. It is ignored.',
      'LOAD_OPERATIONS_OF_CALLER was removed: unset it, since a quarter of the permits is reserved for other callers. It is ignored.',
      'LOAD_WAITING was removed: set ADMISSION_QUEUE_LIMIT. It is ignored.',
      'LOAD_LOOP_DELAY_MS was removed: set ADMISSION_MAX_LOOP_DELAY_MS. It is ignored.',
    ])
  })

  it('is not shown with its value, which may be a secret', () => {
    const { warnings } = configOf({ OS_PASWORD: 'hunter2', THREESCALE_TOKEN: 'hunter2' })

    expect(warnings).toHaveLength(2)
    expect(warnings.join()).not.toContain('hunter2')
  })

  it.each([
    ['a shell', 'HOME PATH PWD OLDPWD USER SHELL LANG TERM MAIL LOGNAME HOSTNAME SHLVL EDITOR TZ TMPDIR _'],
    ['openrc', 'OS_IDENTITY_API_VERSION OS_VOLUME_API_VERSION OS_IMAGE_API_VERSION OS_COMPUTE_API_VERSION'],
    [
      'the OpenStack clients',
      'OS_TENANT_NAME OS_TENANT_ID OS_CERT OS_KEY OS_DOMAIN_NAME OS_DEFAULT_DOMAIN OS_AUTH_TOKEN',
    ],
    ['Node.js', 'NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_COMPILE_CACHE NO_COLOR npm_config_cache'],
    ['Kubernetes', 'CATALYST_SERVICE_HOST CATALYST_PORT CATALYST_PORT_80_TCP_ADDR THREESCALE_SERVICE_PORT_HTTP'],
    ['a Service of Kubernetes named billgraph', 'BILLGRAPH_SERVICE_HOST BILLGRAPH_PORT BILLGRAPH_PORT_80_TCP_ADDR'],
    ['billgraph mcp, or of scripts around it', 'BILLGRAPH_KEY_FILE BILLGRAPH_URL BILLGRAPH_HOME BILLGRAPH_USER'],
    ['a proxy', 'HTTP_PROXY HTTPS_PROXY NO_PROXY'],
  ])('is none of the variables of %s', (_program, names) => {
    expect(findMisspellings(names.split(' '))).toEqual([])
  })

  it('is none of the settings themselves', () => {
    expect(findMisspellings([...KNOWN_VARIABLES])).toEqual([])
  })
})
