import { describe, expect, it } from 'vitest'
import { readThreescaleSettings } from '../../src/config/threescale.js'
import { environmentOf, PEM, THREESCALE, type Variables } from './variables.js'

describe('readThreescaleSettings', () => {
  it('is absent without a 3scale variable', () => {
    expect(readThreescaleSettings(environmentOf({ THREESCALE_URL: '' }))).toBe('absent')
  })

  it('requires the URL and the token', () => {
    const environment = environmentOf(THREESCALE)

    expect(readThreescaleSettings(environment)).toEqual({
      url: 'https://acme-admin.example.com',
      accessToken: 'token',
      deadlineMs: 15_000,
      ca: undefined,
    })
    expect(environment.problems).toEqual([])
  })

  it('reads the token from a file, the deadline and the certificates', () => {
    const environment = environmentOf(
      {
        THREESCALE_URL: 'http://localhost:3000/',
        THREESCALE_ACCESS_TOKEN_FILE: '/token',
        THREESCALE_DEADLINE_MS: '100',
        THREESCALE_CACERT: '/ca.pem',
      },
      { '/token': 'from-file\n', '/ca.pem': PEM },
    )

    expect(readThreescaleSettings(environment)).toMatchObject({
      accessToken: 'from-file',
      deadlineMs: 100,
      ca: PEM.trim(),
    })
    expect(environment.problems).toEqual([])
  })

  it.each<[Variables, string[]]>([
    [
      { THREESCALE_URL: THREESCALE.THREESCALE_URL },
      ['THREESCALE_ACCESS_TOKEN is missing: set it to a token with the scope Billing API'],
    ],
    [{ THREESCALE_ACCESS_TOKEN: 't' }, ["THREESCALE_URL is missing: set it to the URL of the tenant's admin portal"]],
    [
      { ...THREESCALE, THREESCALE_URL: 'http://acme-admin.example.com' },
      [
        'THREESCALE_URL is "http://acme-admin.example.com"; expected an https URL without user, query or fragment (plain http is for loopback addresses only)',
      ],
    ],
    [
      { THREESCALE_URL: THREESCALE.THREESCALE_URL, THREESCALE_ACCESS_TOKEN_FILE: '/run/secrets/none' },
      ['THREESCALE_ACCESS_TOKEN_FILE names "/run/secrets/none", which cannot be read: no such file (ENOENT)'],
    ],
    [
      { ...THREESCALE, THREESCALE_ACCESS_TOKEN: 'a\r\nx-injected: 1' },
      ['THREESCALE_ACCESS_TOKEN is not one line of printable ASCII'],
    ],
    [
      { ...THREESCALE, THREESCALE_DEADLINE_MS: '0' },
      ['THREESCALE_DEADLINE_MS is "0"; expected a whole number from 100 to 300000'],
    ],
  ])('for %j reports %j', (variables, problems) => {
    const environment = environmentOf(variables)

    readThreescaleSettings(environment)

    expect(environment.problems).toEqual(problems)
  })
})
