import { describe, expect, it } from 'vitest'
import { readKeystoneCredential } from '../../src/config/keystone-credential.js'
import type { KeystoneCredential } from '../../src/upstream/keystone/credential.js'
import { environmentOf, type Variables } from './variables.js'

const USER_BY_NAME = { OS_USERNAME: 'ana', OS_USER_DOMAIN_NAME: 'Default' }
const PROJECT_BY_NAME = { OS_PROJECT_NAME: 'hosting', OS_PROJECT_DOMAIN_ID: 'default' }
const ANA = { name: 'ana', domain: { name: 'Default' } }
const HOSTING = { name: 'hosting', domain: { id: 'default' } }

describe('readKeystoneCredential', () => {
  it.each<[string, Variables, KeystoneCredential]>([
    [
      'a password, all by names',
      { ...USER_BY_NAME, ...PROJECT_BY_NAME, OS_PASSWORD: 'pw' },
      { method: 'password', user: ANA, password: 'pw', project: HOSTING },
    ],
    [
      'a password, all by ids',
      { OS_USER_ID: 'u1', OS_PROJECT_ID: 'p1', OS_PASSWORD: 'pw' },
      { method: 'password', user: { id: 'u1' }, password: 'pw', project: { id: 'p1' } },
    ],
    [
      'the Catalyst RC file, which sets the ids and the names: the ids count',
      { ...USER_BY_NAME, OS_PROJECT_ID: 'p1', OS_PROJECT_NAME: 'hosting', OS_PASSWORD: 'pw' },
      { method: 'password', user: ANA, password: 'pw', project: { id: 'p1' } },
    ],
    [
      'domains by id and by name: the id counts',
      { ...USER_BY_NAME, OS_USER_DOMAIN_ID: 'default', OS_PROJECT_ID: 'p1', OS_PASSWORD: 'pw' },
      { method: 'password', user: { name: 'ana', domain: { id: 'default' } }, password: 'pw', project: { id: 'p1' } },
    ],
    [
      'a password, said to be one',
      { OS_AUTH_TYPE: 'v3password', OS_TOKEN: 'left over', OS_USER_ID: 'u1', OS_PROJECT_ID: 'p1', OS_PASSWORD: 'pw' },
      { method: 'password', user: { id: 'u1' }, password: 'pw', project: { id: 'p1' } },
    ],
    [
      'a password beside a token: the password lasts longer',
      { OS_TOKEN: 'left over', OS_USER_ID: 'u1', OS_PROJECT_ID: 'p1', OS_PASSWORD: 'pw' },
      { method: 'password', user: { id: 'u1' }, password: 'pw', project: { id: 'p1' } },
    ],
    [
      'an application credential by id',
      { OS_APPLICATION_CREDENTIAL_ID: 'ac1', OS_APPLICATION_CREDENTIAL_SECRET: 's' },
      { method: 'application_credential', credential: { id: 'ac1' }, secret: 's' },
    ],
    [
      'an application credential by name, with its user',
      { ...USER_BY_NAME, OS_APPLICATION_CREDENTIAL_NAME: 'billing', OS_APPLICATION_CREDENTIAL_SECRET: 's' },
      { method: 'application_credential', credential: { name: 'billing', user: ANA }, secret: 's' },
    ],
    [
      'an application credential beside a project, which it does not need',
      {
        OS_AUTH_TYPE: 'v3applicationcredential',
        OS_APPLICATION_CREDENTIAL_ID: 'ac1',
        OS_APPLICATION_CREDENTIAL_SECRET: 's',
        OS_PROJECT_NAME: 'hosting',
      },
      { method: 'application_credential', credential: { id: 'ac1' }, secret: 's' },
    ],
    ['a token as it is', { OS_TOKEN: 't' }, { method: 'token', token: 't', project: null }],
    [
      'a token for a project, with the user that the RC file leaves',
      { ...USER_BY_NAME, OS_AUTH_TYPE: 'v3token', OS_TOKEN: 't', OS_PROJECT_ID: 'p1' },
      { method: 'token', token: 't', project: { id: 'p1' } },
    ],
    [
      'a token, said to be one, beside a password',
      { OS_AUTH_TYPE: 'token', OS_TOKEN: 't', OS_PASSWORD: 'pw' },
      { method: 'token', token: 't', project: null },
    ],
  ])('reads %s', (_what, variables, credential) => {
    const environment = environmentOf(variables)

    expect(readKeystoneCredential(environment)).toEqual(credential)
    expect(environment.problems).toEqual([])
  })

  it.each<[string, Variables]>([
    ['OS_PASSWORD', { OS_USER_ID: 'u1', OS_PROJECT_ID: 'p1' }],
    ['OS_TOKEN', { OS_AUTH_TYPE: 'token' }],
    ['OS_APPLICATION_CREDENTIAL_SECRET', { OS_APPLICATION_CREDENTIAL_ID: 'ac1' }],
  ])('reads %s from the file that %s_FILE names', (name, variables) => {
    const environment = environmentOf(
      { ...variables, [`${name}_FILE`]: '/run/secrets/os' },
      { '/run/secrets/os': 'x1\n' },
    )

    expect(Object.values(readKeystoneCredential(environment) ?? {})).toContain('x1')
    expect(environment.problems).toEqual([])
  })

  it.each<[Variables, string[]]>([
    [
      {},
      [
        'OS_USERNAME is missing, and so is OS_USER_ID',
        'OS_PASSWORD is missing',
        'OS_PROJECT_NAME is missing, and so is OS_PROJECT_ID: set one to the project whose bills are read',
      ],
    ],
    [
      { OS_USERNAME: 'ana', OS_PASSWORD: 'pw', OS_PROJECT_NAME: 'hosting' },
      [
        'OS_USER_DOMAIN_NAME is missing, and so is OS_USER_DOMAIN_ID: OS_USERNAME needs its domain',
        'OS_PROJECT_DOMAIN_NAME is missing, and so is OS_PROJECT_DOMAIN_ID: OS_PROJECT_NAME needs its domain',
      ],
    ],
    [{ OS_AUTH_TYPE: 'v3token' }, ['OS_TOKEN is missing']],
    [
      { OS_AUTH_TYPE: 'v3applicationcredential' },
      [
        'OS_APPLICATION_CREDENTIAL_SECRET is missing',
        'OS_APPLICATION_CREDENTIAL_ID is missing',
        'OS_USERNAME is missing, and so is OS_USER_ID',
      ],
    ],
    [{ OS_APPLICATION_CREDENTIAL_ID: 'ac1' }, ['OS_APPLICATION_CREDENTIAL_SECRET is missing']],
    [
      { OS_APPLICATION_CREDENTIAL_NAME: 'billing', OS_APPLICATION_CREDENTIAL_SECRET: 's' },
      ['OS_USERNAME is missing, and so is OS_USER_ID'],
    ],
    [
      { OS_AUTH_TYPE: 'v3oidcpassword' },
      [
        'OS_AUTH_TYPE is "v3oidcpassword"; expected one of password, v3password, token, v3token, applicationcredential, v3applicationcredential',
      ],
    ],
    [
      { OS_USER_ID: 'u1', OS_PROJECT_ID: 'p1', OS_PASSWORD_FILE: '/run/secrets/none' },
      ['OS_PASSWORD_FILE names "/run/secrets/none", which cannot be read: no such file (ENOENT)'],
    ],
    [{ OS_USER_ID: 'u1', OS_PROJECT_ID: 'p1', OS_PASSWORD: 'a\nb' }, ['OS_PASSWORD is not one line of text']],
    [{ OS_TOKEN: 'töken' }, ['OS_TOKEN is not one line of printable ASCII']],
  ])('for %j reports %j', (variables, problems) => {
    const environment = environmentOf(variables)

    expect(readKeystoneCredential(environment)).toBeUndefined()
    expect(environment.problems).toEqual(problems)
  })
})
