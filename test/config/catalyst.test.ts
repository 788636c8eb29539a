import { describe, expect, it } from 'vitest'
import { readCatalystSettings } from '../../src/config/catalyst.js'
import { formatDecimal } from '../../src/domain/decimal.js'
import type { CatalystSettings } from '../../src/upstream/catalyst/open.js'
import { environmentOf, PASSWORD_BY_IDS, PEM, type Variables } from './variables.js'

describe('readCatalystSettings', () => {
  it('is absent without a Catalyst variable', () => {
    expect(readCatalystSettings(environmentOf({ HOST: '127.0.0.1', OS_AUTH_URL: '' }))).toBe('absent')
  })

  it('has the defaults of Catalyst Cloud', () => {
    expect(settingsOf({})).toMatchObject({
      authUrl: 'https://keystone.example.com:5000/v3',
      serviceType: 'ratingv2',
      interface: 'public',
      regions: null,
      preferredRegion: null,
      endpoints: new Map(),
      driver: null,
      currency: 'NZD',
      taxRate: { digits: 15n, scale: 2 },
      deadlineMs: 60_000,
      ca: undefined,
    })
  })

  it.each([
    'https://keystone.example.com:5000',
    'https://keystone.example.com:5000/',
    'https://keystone.example.com:5000/v3',
    'https://keystone.example.com:5000/v3/',
    'https://keystone.example.com:5000/v3//',
  ])('takes %s for the URL of version 3', url => {
    expect(settingsOf({ OS_AUTH_URL: url }).authUrl).toBe('https://keystone.example.com:5000/v3')
  })

  it('keeps the path before the version', () => {
    expect(settingsOf({ OS_AUTH_URL: 'https://example.com/identity/' }).authUrl).toBe('https://example.com/identity/v3')
  })

  it.each([
    ['OS_INTERFACE', 'public', 'public'],
    ['OS_INTERFACE', 'internal', 'internal'],
    ['OS_INTERFACE', 'adminURL', 'admin'],
    ['OS_ENDPOINT_TYPE', 'publicURL', 'public'],
    ['OS_ENDPOINT_TYPE', 'internalURL', 'internal'],
  ])('%s=%s means %s', (name, word, meaning) => {
    expect(settingsOf({ [name]: word }).interface).toBe(meaning)
  })

  it('prefers OS_INTERFACE to OS_ENDPOINT_TYPE', () => {
    expect(settingsOf({ OS_INTERFACE: 'admin', OS_ENDPOINT_TYPE: 'publicURL' }).interface).toBe('admin')
  })

  it('reads the other settings', () => {
    const settings = settingsOf(
      {
        CATALYST_SERVICE_TYPE: 'rating',
        CATALYST_REGIONS: 'nz-por-1,nz_wlg_2',
        OS_REGION_NAME: 'nz-hlz-1',
        CATALYST_ENDPOINTS: 'nz-por-1=https://por.example.com:9999/, nz-hlz-1=http://127.0.0.1:9999',
        CATALYST_DRIVER: 'jsonfile',
        CATALYST_CURRENCY: 'AUD',
        CATALYST_TAX_RATE: '0.1',
        CATALYST_DEADLINE_MS: '1500',
        OS_CACERT: '/ca.pem',
      },
      { '/ca.pem': PEM },
    )

    expect(settings).toMatchObject({
      serviceType: 'rating',
      regions: ['nz-por-1', 'nz_wlg_2'],
      preferredRegion: 'nz-hlz-1',
      driver: 'jsonfile',
      currency: 'AUD',
      deadlineMs: 1500,
      ca: PEM.trim(),
    })
    expect(formatDecimal(settings.taxRate)).toBe('0.1')
    expect([...settings.endpoints]).toEqual([
      ['nz-por-1', 'https://por.example.com:9999/'],
      ['nz-hlz-1', 'http://127.0.0.1:9999'],
    ])
  })

  it('reads a region once when it is listed twice, so that its quotation counts once', () => {
    expect(settingsOf({ CATALYST_REGIONS: 'nz-por-1,nz-por-1' }).regions).toEqual(['nz-por-1'])
  })

  it.each(['0', '1', '0.15', '0.125'])('reads the tax rate %s', rate => {
    expect(formatDecimal(settingsOf({ CATALYST_TAX_RATE: rate }).taxRate)).toBe(rate)
  })

  it('rounds computed tax half to even, as the server does, unless TAX_ROUNDING says otherwise', () => {
    expect(settingsOf({}).taxRounding).toBe('HALF_EVEN')
    expect(settingsOf({ TAX_ROUNDING: 'HALF_UP' }).taxRounding).toBe('HALF_UP')
  })

  it.each<[string, string]>([
    ['TAX_ROUNDING', 'half_up'],
    ['TAX_ROUNDING', 'UP'],
    ['CATALYST_TAX_RATE', '15'],
    ['CATALYST_TAX_RATE', '15%'],
    ['CATALYST_TAX_RATE', '0,15'],
    ['CATALYST_TAX_RATE', '-0.15'],
    ['CATALYST_TAX_RATE', '1e-1'],
    ['CATALYST_CURRENCY', 'nzd'],
    ['CATALYST_CURRENCY', '$'],
    ['CATALYST_REGIONS', 'nz-por-1,'],
    ['CATALYST_DRIVER', 'xero'],
    ['CATALYST_DEADLINE_MS', '60s'],
    ['CATALYST_DEADLINE_MS', '99'],
    ['CATALYST_ENDPOINTS', 'https://por.example.com'],
    ['CATALYST_ENDPOINTS', 'nz-por-1=http://por.example.com'],
    ['CATALYST_ENDPOINTS', 'nz-por-1=https://user:pw@por.example.com'],
    ['CATALYST_ENDPOINTS', '=https://por.example.com'],
    ['OS_REGION_NAME', 'nz por 1'],
    ['OS_INTERFACE', 'private'],
    ['OS_ENDPOINT_TYPE', 'privateURL'],
    ['OS_CACERT', '/none'],
    ['OS_AUTH_URL', 'http://keystone.example.com:5000/v3'],
    ['OS_AUTH_URL', 'https://user:pw@keystone.example.com:5000/v3'],
    ['OS_AUTH_URL', 'https://keystone.example.com:5000/v3 '],
    ['OS_AUTH_URL', 'https://keystone.example.com:5000/v3?'],
    ['OS_AUTH_URL', 'https://keystone.example.com:5000/v2.0'],
    ['OS_AUTH_URL', 'https://keystone.example.com:5000/v2.0/'],
    ['OS_AUTH_URL', 'keystone.example.com:5000'],
  ])('refuses %s=%j in one problem', (name, value) => {
    const environment = environmentOf({ ...PASSWORD_BY_IDS, [name]: value })

    readCatalystSettings(environment)

    expect(environment.problems).toEqual([expect.stringMatching(`^${name} `)])
  })

  it.each(['OS_AUTH_TYPE', 'OS_USERNAME', 'OS_PASSWORD_FILE', 'OS_TOKEN', 'OS_PROJECT_ID'])(
    'takes %s alone for an incomplete account',
    name => {
      const environment = environmentOf({ [name]: 'password' })

      expect(readCatalystSettings(environment)).toEqual([])
      expect(environment.problems).toContain('OS_AUTH_URL is missing: set it to the URL of Keystone')
    },
  )
})

function settingsOf(variables: Variables, files: Readonly<Record<string, string>> = {}): CatalystSettings {
  const environment = environmentOf({ ...PASSWORD_BY_IDS, ...variables }, files)
  const settings = readCatalystSettings(environment)
  expect(environment.problems).toEqual([])
  if (settings === 'absent' || !settings[0]) throw new Error('Catalyst is not configured')
  expect(settings).toHaveLength(1)
  return settings[0]
}
