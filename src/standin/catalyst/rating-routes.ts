import type { StandInRequest } from '../handler.js'
import { listCredits } from './credits.js'
import type { CatalystData, Driver } from './data.js'
import { ERP_FAILED, NOT_AUTHORIZED, RatingError } from './errors.js'
import { printHealth } from './health.js'
import type { InvoiceCache } from './invoice-cache.js'
import { readRange } from './invoice-range.js'
import { listJsonfileInvoices } from './invoices-jsonfile.js'
import { listOdooInvoices } from './invoices-odoo.js'
import { listMeasurements } from './measurements.js'
import { listProducts } from './products.js'
import type { PythonValue } from './python-json.js'
import { quoteRunningMonth } from './quotations.js'
import { authorize, findProject, ratingName, requireAdmin } from './rating-access.js'
import { formatInstant } from './time.js'
import type { Token } from './tokens.js'
import type { PriceSource } from './usage-cost.js'

/** State of one region's rating service during a request. */
export interface RatingService {
  readonly region: string
  readonly driver: Driver
  readonly data: CatalystData
  readonly now: Date
  readonly cache: InvoiceCache
}

/** Route handler: returns the body. `token` is `undefined` on the two public paths. */
export type Route = (service: RatingService, request: StandInRequest, token: Token | undefined) => PythonValue

/** Path → route. A route throws a RatingError to reject the request. */
export const RATING_ROUTES: Readonly<Record<string, Route>> = {
  '/': () => ({ versions: [{ id: 'v2', status: 'CURRENT' }] }),
  '/v2/products': getProducts,
  '/v2/invoices': getInvoices,
  '/v2/quotations': getQuotations,
  '/v2/measurements': getMeasurements,
  '/v2/credits': getCredits,
  '/v2/health': getHealth,
}

const TRUE_WORDS: readonly string[] = ['1', 't', 'true', 'on', 'y', 'yes']
const HIDDEN_PRODUCTS: readonly string[] = ['reseller-margin-discount']

function getProducts({ driver, data }: RatingService, { query }: StandInRequest): PythonValue {
  // With the parameter, the service requires rights to the project, which a request without a token never has.
  if (query.has('project_id')) throw new RatingError(403, NOT_AUTHORIZED)
  failOn(data, 'products')
  return listProducts({ driver, regions: data.regions, prices: data.prices }, query.get('regions'))
}

function getInvoices(service: RatingService, request: StandInRequest, token: Token | undefined): PythonValue {
  const { data, cache, now, driver } = service
  const projectId = authorize(request, token, data)
  const { start, end } = readRange(request.query, now)
  const project = findProject(projectId, service.region, data)
  const isDetailed = readDetailed(request)
  const range = { start: start.date, end: end.date, isDetailed }
  const list = (): PythonValue => {
    if (driver === 'jsonfile') {
      return listJsonfileInvoices(data.usage, priceSource(service), { projectId: project.id, ...range })
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
    // An `end` taken from the clock differs on each request, so a cached value would never be found.
    invoices: driver === 'jsonfile' || end.isNow ? list() : cache.get(key, list),
  }
}

function getQuotations(service: RatingService, request: StandInRequest, token: Token | undefined): PythonValue {
  const { data, region, now } = service
  const project = findProject(authorize(request, token, data), region, data)
  failOn(data, 'quotations')
  return quoteRunningMonth(data.usage, priceSource(service), {
    projectId: project.id,
    projectName: ratingName(project),
    now,
    isDetailed: readDetailed(request),
  })
}

function getMeasurements(service: RatingService, request: StandInRequest, token: Token | undefined): PythonValue {
  const { data, region, now } = service
  const projectId = authorize(request, token, data)
  const range = readRange(request.query, now)
  const project = findProject(projectId, region, data)
  return listMeasurements(data, { region, projectId: project.id, projectName: ratingName(project), range })
}

/** Body of `/v2/credits`. An unknown project has no credits; it is not an error here. */
function getCredits(service: RatingService, request: StandInRequest, token: Token | undefined): PythonValue {
  const { data, driver, now } = service
  const projectId = authorize(request, token, data)
  failOn(data, 'credits')
  return listCredits(driver === 'odoo' ? (data.credits?.[projectId ?? ''] ?? []) : [], now)
}

function getHealth({ data, driver }: RatingService, request: StandInRequest, token: Token | undefined): PythonValue {
  authorize(request, token, data)
  requireAdmin(token)
  const isErpDown = driver === 'odoo' && data.erpFailure !== undefined
  return printHealth({ lateProjects: data.lateProjects ?? [], isErpDown })
}

function failOn({ rawFailures = {} }: CatalystData, route: 'products' | 'quotations' | 'credits'): void {
  const text = rawFailures[route]
  if (text !== undefined) throw new RatingError(500, text)
}

function readDetailed({ query }: StandInRequest): boolean {
  return TRUE_WORDS.includes((query.get('detailed') ?? '').trim().toLowerCase())
}

function priceSource({ region, driver, data }: RatingService): PriceSource {
  return { region, driver, prices: data.prices[region] }
}
