import type { KeystoneCredential, NamedInDomain } from '../upstream/keystone/credential.js'
import type { Environment } from './environment.js'

const METHODS = {
  password: 'password',
  v3password: 'password',
  token: 'token',
  v3token: 'token',
  applicationcredential: 'application_credential',
  v3applicationcredential: 'application_credential',
} as const

type Method = (typeof METHODS)[keyof typeof METHODS]

/** Reads a credential by the variables of an openrc file. Undefined with a problem. */
export function readKeystoneCredential(environment: Environment): KeystoneCredential | undefined {
  switch (readMethod(environment)) {
    case 'application_credential':
      return readApplicationCredential(environment)
    case 'token':
      return readToken(environment)
    case 'password':
      return readPassword(environment)
    case undefined:
      return undefined
  }
}

function readMethod(environment: Environment): Method | undefined {
  if (environment.text('OS_AUTH_TYPE') !== undefined) {
    const word = environment.choice('OS_AUTH_TYPE', Object.keys(METHODS) as (keyof typeof METHODS)[])
    return word && METHODS[word]
  }
  if (environment.hasAny(['OS_APPLICATION_CREDENTIAL_ID', 'OS_APPLICATION_CREDENTIAL_NAME']))
    return 'application_credential'
  const hasPassword = environment.hasAny(['OS_PASSWORD', 'OS_PASSWORD_FILE'])
  return environment.hasAny(['OS_TOKEN', 'OS_TOKEN_FILE']) && !hasPassword ? 'token' : 'password'
}

function readPassword(environment: Environment): KeystoneCredential | undefined {
  const user = readUser(environment)
  const password = required(environment, 'OS_PASSWORD', environment.password('OS_PASSWORD'))
  const project = readProject(environment)
  if (project === null) {
    environment.complain(
      'OS_PROJECT_NAME',
      `is missing, and so is ${environment.nameOf('OS_PROJECT_ID')}: set one to the project whose bills are read`,
    )
  }
  return user && password && project ? { method: 'password', user, password, project } : undefined
}

/** A given token already has a project. Another one may be named. */
function readToken(environment: Environment): KeystoneCredential | undefined {
  const token = required(environment, 'OS_TOKEN', environment.token('OS_TOKEN'))
  const project = readProject(environment)
  return token && project !== undefined ? { method: 'token', token, project } : undefined
}

/** An application credential is bound to its project, so no project is read. */
function readApplicationCredential(environment: Environment): KeystoneCredential | undefined {
  const method = 'application_credential'
  const variable = 'OS_APPLICATION_CREDENTIAL_SECRET'
  const secret = required(environment, variable, environment.password(variable))
  const id = environment.text('OS_APPLICATION_CREDENTIAL_ID')
  if (id !== undefined) return secret === undefined ? undefined : { method, credential: { id }, secret }
  const name = required(environment, 'OS_APPLICATION_CREDENTIAL_ID', environment.text('OS_APPLICATION_CREDENTIAL_NAME'))
  const user = readUser(environment)
  return name && user && secret ? { method, credential: { name, user }, secret } : undefined
}

function readUser(environment: Environment): NamedInDomain | undefined {
  const user = readNamed(environment, 'OS_USER_ID', 'OS_USERNAME', 'OS_USER_DOMAIN')
  if (user === null) environment.complain('OS_USERNAME', `is missing, and so is ${environment.nameOf('OS_USER_ID')}`)
  return user ?? undefined
}

/** The project; null when none is named. */
function readProject(environment: Environment): NamedInDomain | null | undefined {
  return readNamed(environment, 'OS_PROJECT_ID', 'OS_PROJECT_NAME', 'OS_PROJECT_DOMAIN')
}

/** An id, or a name with its domain. Null when neither is set, undefined with a problem. */
function readNamed(
  environment: Environment,
  idVariable: string,
  nameVariable: string,
  domainVariable: string,
): NamedInDomain | null | undefined {
  const [id, name] = [environment.text(idVariable), environment.text(nameVariable)]
  if (id !== undefined) return { id }
  if (name === undefined) return null
  const [domainId, domainName] = [environment.text(`${domainVariable}_ID`), environment.text(`${domainVariable}_NAME`)]
  if (domainId !== undefined) return { name, domain: { id: domainId } }
  if (domainName !== undefined) return { name, domain: { name: domainName } }
  environment.complain(
    `${domainVariable}_NAME`,
    `is missing, and so is ${environment.nameOf(`${domainVariable}_ID`)}: ${environment.nameOf(nameVariable)} needs its domain`,
  )
  return undefined
}

/** The value, which must be set. A value that is set and wrong has been reported already. */
function required(environment: Environment, name: string, value: string | undefined): string | undefined {
  if (value === undefined && !environment.hasAny([name, `${name}_FILE`])) environment.complain(name, 'is missing')
  return value
}
