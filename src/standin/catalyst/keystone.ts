import type { StandInHandler, StandInRequest, StandInResponse } from '../handler.js'
import { printVersion } from './catalog.js'
import type { CatalystData } from './data.js'
import { KeystoneError, keystoneErrorJson, unauthenticated } from './keystone-errors.js'
import { logIn } from './login.js'
import { type PythonValue, printPythonJson } from './python-json.js'
import { formatKeystoneTime } from './time.js'
import { hexId, type Token, type TokenStore } from './tokens.js'

/** Options of the Keystone stand-in. */
export interface KeystoneOptions {
  /** Current data set. */
  readonly data: () => CatalystData
  readonly tokens: TokenStore
  /** Its own URL with `/v3` at the end; known once it listens. */
  readonly url: () => string
  readonly catalog: () => PythonValue
  readonly seed: number
}

type Routes = Readonly<Record<string, Readonly<Record<string, (request: StandInRequest) => StandInResponse>>>>

/** Handler that behaves as Keystone v3: tokens, the catalog, the projects of a user, and API versions. */
export function createKeystone(options: KeystoneOptions): StandInHandler {
  const { seed, url } = options
  const routes = createRoutes(options)
  let count = 0
  return request => {
    count += 1
    const { status, headers, body } = answer(request, routes, url())
    const requestId = hexId('request', seed, count).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const common = { Vary: 'X-Auth-Token', 'x-openstack-request-id': `req-${requestId}` }
    return { status, headers: { ...headers, ...common }, ...(body === undefined ? {} : { body }) }
  }
}

function answer(request: StandInRequest, routes: Routes, url: string): StandInResponse {
  try {
    const methods = routes[request.path.length > 1 ? request.path.replace(/\/$/, '') : request.path]
    if (!methods) throw new KeystoneError(404, 'The resource could not be found.')
    const route = methods[request.method === 'HEAD' ? 'GET' : request.method]
    if (!route) throw new KeystoneError(405, 'The method is not allowed for the requested URL.')
    return route(request)
  } catch (error) {
    if (error instanceof KeystoneError) return keystoneErrorJson(error, url)
    throw error
  }
}

function createRoutes({ data, tokens, url, catalog }: KeystoneOptions): Routes {
  const authenticate = ({ headers }: StandInRequest): Token => {
    const token = tokens.find(headers['x-auth-token'])
    if (!token) throw unauthenticated()
    return token
  }
  const findSubject = ({ headers }: StandInRequest): Token => {
    const token = tokens.find(headers['x-subject-token'])
    if (!token) throw new KeystoneError(404, 'Failed to validate token')
    return token
  }
  const printed = (token: Token, { query }: StandInRequest): StandInResponse => ({
    status: 200,
    headers: { 'Content-Type': 'application/json', 'X-Subject-Token': token.id },
    body: printPythonJson(printToken(token, data(), query.has('nocatalog') ? undefined : catalog())),
  })
  return {
    '/': { GET: () => json({ versions: { values: [printVersion(url())] } }, { status: 300 }) },
    '/v3': { GET: () => json({ version: printVersion(url()) }) },
    '/v3/auth/tokens': {
      POST: request => ({ ...printed(logIn(request.body, data(), tokens), request), status: 201 }),
      GET(request) {
        authenticate(request)
        return printed(findSubject(request), request)
      },
      DELETE(request) {
        authenticate(request)
        tokens.revoke(findSubject(request).id)
        return { status: 204 }
      },
    },
    '/v3/auth/catalog': {
      GET(request) {
        if (!authenticate(request).projectId) {
          throw new KeystoneError(403, 'A project-scoped token is required to produce a service catalog.')
        }
        return json({ catalog: catalog(), links: { self: `${url()}/auth/catalog` } }, { end: '\n' })
      },
    },
    '/v3/auth/projects': { GET: request => json(printProjects(authenticate(request), data(), url()), { end: '\n' }) },
  }
}

/** JSON response. `end` is the text that the framework of the route adds after the JSON. */
function json(value: PythonValue, { status = 200, end = '' } = {}): StandInResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: printPythonJson(value) + end }
}

function printToken(token: Token, data: CatalystData, catalog: PythonValue | undefined): PythonValue {
  const user = data.users.find(({ id }) => id === token.userId)
  const project = data.projects.find(({ id }) => id === token.projectId)
  const credential = token.applicationCredential
  const roles = token.roles.map(name => ({ id: hexId('role', name), name }))
  return {
    token: {
      methods: token.methods,
      user: {
        domain: user ? { ...user.domain } : null,
        id: token.userId,
        name: user?.name ?? null,
        password_expires_at: null,
      },
      audit_ids: token.auditIds,
      expires_at: formatKeystoneTime(token.expiresAt),
      issued_at: formatKeystoneTime(token.issuedAt),
      ...(project
        ? {
            project: { domain: { ...project.domain }, id: project.id, name: project.name },
            is_domain: false,
            roles,
            ...(catalog === undefined ? {} : { catalog }),
          }
        : {}),
      ...(credential ? { application_credential: { ...credential, restricted: true } } : {}),
    },
  }
}

function printProjects(token: Token, data: CatalystData, url: string): PythonValue {
  const roles = data.users.find(({ id }) => id === token.userId)?.roles ?? {}
  const projects = data.projects
    .filter(({ id }) => (roles[id] ?? []).length > 0)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, name, domain, description = '', enabled }) => ({
      id,
      name,
      domain_id: domain.id,
      description,
      enabled,
      parent_id: domain.id,
      is_domain: false,
      tags: [],
      options: {},
      links: { self: `${url}/projects/${id}` },
    }))
  return { projects, links: { next: null, self: `${url}/auth/projects`, previous: null } }
}
