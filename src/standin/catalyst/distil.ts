import type { StandInHandler, StandInRequest, StandInResponse } from '../server.js'
import { refuseAccept } from './accept.js'
import type { CatalystData, Driver, Project } from './data.js'
import { ERP_FAILED, errorJson, errorPage, json, NOT_AUTHORIZED, RatingError } from './errors.js'
import type { InvoiceCache } from './invoice-cache.js'
import { readRange } from './invoice-range.js'
import { listJsonfileInvoices } from './invoices-jsonfile.js'
import { listOdooInvoices } from './invoices-odoo.js'
import { listProducts } from './products.js'
import type { PythonValue } from './python-json.js'
import { quoteRunningMonth } from './quotations.js'
import { formatInstant } from './time.js'
import type { TokenCheck } from './token-check.js'
import type { Token } from './tokens.js'
import type { PriceSource } from './usage-cost.js'

/** One region's rating service. */
export interface DistilOptions {
  readonly region: string
  readonly driver: Driver
  readonly data: CatalystData
  readonly clock: () => Date
  readonly checkToken: TokenCheck
  readonly cache: InvoiceCache
}

/** A route's answer; `token` is absent on the two public paths. */
type Route = (request: StandInRequest, token: Token | undefined) => PythonValue

const PUBLIC_PATHS: readonly string[] = ['/', '/v2/products']
const TRUE_WORDS: readonly string[] = ['1', 't', 'true', 'on', 'y', 'yes']
const ALLOW = { Allow: 'GET, OPTIONS, HEAD' }
const HIDDEN_PRODUCTS: readonly string[] = ['reseller-margin-discount']

/**
 * Answers as a region's rating service does, checking in its order: token, route and method, role, project,
 * dates, whether the project is known, and last what the ERP or the price list makes of it.
 */
export function createDistil(options: DistilOptions): StandInHandler {
  const routes: Readonly<Record<string, Route>> = {
    '/': () => ({ versions: [{ id: 'v2', status: 'CURRENT' }] }),
    '/v2/products': request => answerProducts(request, options),
    '/v2/invoices': (request, token) => answerInvoices(request, token, options),
    '/v2/quotations': (request, token) => answerQuotations(request, token, options),
  }
  return request => {
    let token: Token | undefined
    if (!PUBLIC_PATHS.includes(request.path)) {
      const check = options.checkToken(request)
      if ('refusal' in check) return check.refusal
      token = check.token
    }
    const path = request.path.replace(/^\/+/, '/')
    const route = routes[path] ?? (path === '/.json' ? undefined : routes[path.replace(/\.json$/, '')])
    if (!route) return errorPage(404)
    if (request.method === 'OPTIONS') {
      return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', ...ALLOW } }
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(405, ALLOW)
    const answer = answerRoute(() => route(request, token))
    return (path.endsWith('.json') ? undefined : refuseAccept(request.headers.accept)) ?? answer
  }
}

function answerRoute(route: () => PythonValue): StandInResponse {
  try {
    return json(route())
  } catch (error) {
    if (error instanceof RatingError) return errorJson(error)
    throw error
  }
}

function answerProducts({ query }: StandInRequest, { driver, data }: DistilOptions): PythonValue {
  // The service takes the parameter for a wish to act for a project, which nobody without a token may.
  if (query.has('project_id')) throw new RatingError(403, NOT_AUTHORIZED)
  return listProducts({ driver, regions: data.regions, prices: data.prices }, query.get('regions'))
}

function answerInvoices(request: StandInRequest, token: Token | undefined, options: DistilOptions): PythonValue {
  const { data, cache, clock, driver } = options
  const projectId = authorize(request, token, options)
  const { start, end } = readRange(request.query, clock())
  const project = findProject(projectId, options)
  const isDetailed = readDetailed(request)
  const range = { start: start.date, end: end.date, isDetailed }
  const list = (): PythonValue => {
    if (driver === 'jsonfile') {
      return listJsonfileInvoices(data.usage, priceSource(options), { projectId: project.id, ...range })
    }
    if (data.erpFailure !== undefined) throw new RatingError(500, data.erpFailure || ERP_FAILED)
    const { hiddenProducts = HIDDEN_PRODUCTS } = data
    return listOdooInvoices(data.documents[project.id] ?? [], { ...range, hiddenProducts })
  }
  const key = JSON.stringify([start.date, end.date, project.id])
  return {
    start: formatInstant(start),
    end: formatInstant(end),
    project_name: ratingName(project),
    project_id: project.id,
    // An `end` taken from the clock is a new one each time, so that nothing is ever found under it.
    invoices: driver === 'jsonfile' || end.isNow ? list() : cache.get(key, list),
  }
}

function answerQuotations(request: StandInRequest, token: Token | undefined, options: DistilOptions): PythonValue {
  const project = findProject(authorize(request, token, options), options)
  return quoteRunningMonth(options.data.usage, priceSource(options), {
    projectId: project.id,
    projectName: ratingName(project),
    now: options.clock(),
    isDetailed: readDetailed(request),
  })
}

/** The id of the project to act on; `undefined` with an unscoped token. */
function authorize(
  { query }: StandInRequest,
  token: Token | undefined,
  { data: { allowedRoles } }: DistilOptions,
): string | undefined {
  const roles = token?.roles ?? []
  const isScoped = token?.projectId !== undefined
  if (isScoped && allowedRoles && !roles.some(role => allowedRoles.includes(role))) {
    throw new RatingError(403, NOT_AUTHORIZED)
  }
  const wanted = query.get('project_id')
  if (wanted === null || wanted === token?.projectId) return token?.projectId
  if (wanted === '' || !roles.includes('admin')) throw new RatingError(403, NOT_AUTHORIZED)
  return wanted
}

function findProject(id: string | undefined, { data, region }: DistilOptions): Project {
  const project = data.projects.find(project => project.id === id && project.collectedIn.includes(region))
  // Python prints what is missing as None.
  if (!project) throw new RatingError(404, `Project ${id ?? 'None'} not found.`)
  return project
}

function ratingName({ ratingName, name }: Project): string {
  return ratingName ?? name
}

function readDetailed({ query }: StandInRequest): boolean {
  return TRUE_WORDS.includes((query.get('detailed') ?? '').trim().toLowerCase())
}

function priceSource({ region, driver, data }: DistilOptions): PriceSource {
  return { region, driver, prices: data.prices[region] }
}
