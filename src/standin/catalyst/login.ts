import type { CatalystData, Domain, Project, User } from './data.js'
import { expected, KeystoneError, unauthenticated } from './keystone-errors.js'
import type { Token, TokenStore } from './tokens.js'

/** JSON object with unchecked members. */
type Fields = Readonly<Record<string, unknown>>

/** Authenticated user, before the project is chosen. */
interface Login {
  readonly user: User
  readonly methods: readonly string[]
  readonly parent?: Token
}

/**
 * Issues the token requested by the body of `POST /v3/auth/tokens`.
 *
 * @throws KeystoneError 400 for a malformed body, 401 for a failed login or a denied scope, 403 for a token requested
 *   with the token of an application credential
 */
export function logIn(body: string, data: CatalystData, tokens: TokenStore): Token {
  const auth = fieldsOf(parseBody(body).auth)
  if (!auth) throw expected('auth', 'request body')
  const identity = fieldsOf(auth.identity)
  if (!identity) throw expected('identity', 'auth')
  const { methods } = identity
  if (!Array.isArray(methods)) throw expected('methods', 'identity')
  if (methods.includes('application_credential')) return logInWithCredential(identity, auth, data, tokens)
  const login = methods.includes('token') ? logInWithToken(identity, data, tokens) : logInWithPassword(identity, data)
  const project = findScope(auth, login, data)
  const roles = project ? (login.user.roles[project.id] ?? []) : []
  if (project && (roles.length === 0 || !project.enabled)) throw unauthenticated()
  return tokens.issue({
    userId: login.user.id,
    methods: login.methods,
    roles,
    ...(project ? { projectId: project.id } : {}),
    ...(login.parent ? { parent: login.parent } : {}),
  })
}

function parseBody(body: string): Fields {
  try {
    const fields = fieldsOf(JSON.parse(body))
    if (fields) return fields
  } catch {
    // Falls through to the error of a body that is not an object.
  }
  throw expected('valid JSON', 'request body')
}

function logInWithPassword(identity: Fields, data: CatalystData): Login {
  const methods = (identity.methods as readonly unknown[]).map(String)
  if (!methods.includes('password')) throw unauthenticated()
  const password = fieldsOf(identity.password)
  if (!password) throw expected('password', 'identity')
  const wanted = fieldsOf(password.user)
  if (!wanted) throw expected('user', 'password')
  const user = data.users.find(matches(wanted, 'user'))
  if (!user || user.password !== wanted.password) throw unauthenticated()
  return { user, methods: ['password'] }
}

function logInWithToken(identity: Fields, data: CatalystData, tokens: TokenStore): Login {
  const id = fieldsOf(identity.token)?.id
  if (typeof id !== 'string') throw expected('token', 'identity')
  const parent = tokens.find(id)
  const user = data.users.find(user => user.id === parent?.userId)
  if (!parent || !user) throw unauthenticated()
  if (parent.applicationCredential) {
    const reason = 'Using a delegated token to create another token is not allowed.'
    throw new KeystoneError(403, `You are not authorized to perform the requested action: ${reason}.`)
  }
  return { user, methods: ['token', ...parent.methods.filter(method => method !== 'token')], parent }
}

function logInWithCredential(identity: Fields, auth: Fields, data: CatalystData, tokens: TokenStore): Token {
  const wanted = fieldsOf(identity.application_credential)
  if (!wanted) throw expected('application_credential', 'identity')
  const credential = data.applicationCredentials.find(({ id, name, userId }) => {
    if (wanted.id !== undefined) return id === wanted.id
    const owner = fieldsOf(wanted.user)
    if (!owner) throw expected('user', 'application_credential')
    return name === wanted.name && data.users.some(user => user.id === userId && matches(owner, 'user')(user))
  })
  if (!credential || credential.secret !== wanted.secret) throw unauthenticated()
  if (auth.scope !== undefined) {
    const reason = 'Application credentials cannot request a scope.'
    throw new KeystoneError(401, `Error authenticating with application credential: ${reason}`, true)
  }
  const project = data.projects.find(({ id }) => id === credential.projectId)
  if (!project?.enabled) throw unauthenticated()
  return tokens.issue({
    userId: credential.userId,
    methods: ['application_credential'],
    projectId: credential.projectId,
    roles: credential.roles,
    applicationCredential: { id: credential.id, name: credential.name },
  })
}

/** Requested project, or else the user's default project if usable; `undefined` without either. */
function findScope(auth: Fields, { user }: Login, data: CatalystData): Project | undefined {
  const scope = auth.scope
  if (scope === 'unscoped') return undefined
  if (scope === undefined) {
    const own = user.defaultProjectId
    return data.projects.find(({ id, enabled }) => id === own && enabled && (user.roles[id] ?? []).length > 0)
  }
  const wanted = fieldsOf(fieldsOf(scope)?.project)
  if (!wanted) throw expected('project', 'scope')
  const project = data.projects.find(matches(wanted, 'project'))
  if (!project) throw unauthenticated()
  return project
}

/** Predicate for a user or project: by id, or by name and domain. */
function matches(wanted: Fields, what: string): (known: User | Project) => boolean {
  if (wanted.id !== undefined) return ({ id }) => id === wanted.id
  if (wanted.name === undefined) throw expected('id or name', what)
  const domain = fieldsOf(wanted.domain)
  if (!domain) throw expected('domain', what)
  if (domain.id === undefined && domain.name === undefined) throw expected('id or name', 'domain')
  return known => known.name === wanted.name && isDomain(known.domain, domain)
}

// Keystone ignores the case of domain names, but not of ids.
function isDomain(known: Domain, wanted: Fields): boolean {
  if (wanted.id !== undefined) return known.id === wanted.id
  return known.name.toLowerCase() === String(wanted.name).toLowerCase()
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}
