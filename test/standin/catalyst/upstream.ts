import { existsSync, readFileSync } from 'node:fs'
import type { Credit } from '../../../src/standin/catalyst/credits.js'
import {
  type CatalystData,
  DEFAULT_DOMAIN,
  type DocumentLine,
  type Price,
  type Usage,
} from '../../../src/standin/catalyst/data.js'
import type { CatalystStandIn } from '../../../src/standin/catalyst/start.js'

const upstream = new URL('../../../../shared/upstream/', import.meta.url)

/** Whether the recordings of the real servers are at hand; they are not part of the project. */
export const hasUpstream = existsSync(upstream)

/** A sample body, byte for byte. */
export function readSample(name: string): string {
  return readFileSync(new URL(`samples/catalyst/${name}.json`, upstream), 'utf8')
}

/** A recorded exchange. */
export interface Recording {
  readonly request: { readonly method: string; readonly path: string; readonly query: string; readonly body?: unknown }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown }
}

export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`recordings/${name}.json`, upstream), 'utf8'))
}

/** An invoice's or a quotation's detail as parsed JSON. */
export interface Details {
  readonly [category: string]: { readonly breakdown: { readonly [product: string]: readonly Line[] } }
}

interface Line {
  readonly resource_name: string | false
  readonly resource_id?: string
  readonly quantity: number
  readonly rate: number
  readonly unit: string
  readonly cost_taxed?: number
}

/** The ERP's lines behind printed details; costs are left for the stand-in to compute, and taxed ones unless kept. */
export function documentLines(details: Details, { keepsTax = false } = {}): readonly DocumentLine[] {
  return walk(details).map(({ category, product, line: { resource_name, quantity, rate, unit, cost_taxed } }) => ({
    category,
    product,
    resourceName: resource_name,
    quantity,
    rate,
    unit,
    ...(keepsTax && cost_taxed !== undefined ? { costTaxed: cost_taxed } : {}),
  }))
}

/** The collector's rows behind printed details. */
export function usageRows(
  details: Details,
  where: Pick<Usage, 'region' | 'projectId' | 'start' | 'end'>,
): readonly Usage[] {
  return walk(details).map(({ category, product, line }) => ({
    ...where,
    resourceId: line.resource_id ?? '',
    resourceName: line.resource_name || '',
    resourceType: category,
    service: product.slice(product.indexOf('.') + 1),
    volume: line.quantity,
    unit: line.unit,
  }))
}

interface PrintedMeasurements {
  readonly measurements: {
    readonly resources: Record<
      string,
      Record<string, string> & { readonly services: readonly { name: string; volume: number; unit: string }[] }
    >
  }
}

/** The collector's rows and notes behind printed measurements. */
export function measuredUsage(
  { measurements }: PrintedMeasurements,
  where: Pick<Usage, 'region' | 'projectId' | 'start' | 'end'>,
): Pick<CatalystData, 'usage' | 'resources'> {
  const resources = Object.entries(measurements.resources).map(([resourceId, { services, ...note }]) => {
    const resource = { resourceId, resourceName: note.name ?? '', resourceType: note.type ?? '' }
    const rows = services.map(({ name: service, ...sum }) => ({ ...where, ...resource, service, ...sum }))
    return { resourceId, note: note as Record<string, string>, rows }
  })
  return {
    usage: resources.flatMap(({ rows }) => rows),
    resources: Object.fromEntries(resources.map(({ resourceId, note }) => [resourceId, note])),
  }
}

interface PrintedCredits {
  readonly credits: readonly {
    readonly code: string
    readonly type: string
    readonly start_date: string
    readonly expiry_date: string
    readonly balance: number
  }[]
}

/** The ERP's credits behind printed ones. */
export function printedCredits({ credits }: PrintedCredits): readonly Credit[] {
  return credits.map(({ code, type, start_date, expiry_date, balance }) => ({
    code: code === 'False' ? false : code,
    type,
    startsAt: new Date(`${start_date.replace(' ', 'T')}Z`),
    expiryDate: expiry_date,
    balance,
  }))
}

interface PrintedPrices {
  readonly products: Record<
    string,
    Record<string, readonly { name: string; full_name?: string; unit: string; rate: number; description: string }[]>
  >
}

/** The price lists behind a printed `/v2/products`. */
export function priceLists({ products }: PrintedPrices): Record<string, Price[]> {
  const lists = Object.entries(products).map(([region, categories]) => {
    const prices = Object.entries(categories).flatMap(([category, list]) =>
      list.map(({ name, full_name, unit, rate, description }): Price => {
        const spansRegions = full_name?.startsWith('NZ.') ?? false
        const isIntegerRate = full_name === undefined && name === 'n1.national-in'
        return { name: name.replace(/^nz\./, ''), category, unit, rate, description, spansRegions, isIntegerRate }
      }),
    )
    return [region, prices] as const
  })
  return Object.fromEntries(lists)
}

/** One project, one user with the role `_member_` and no more. */
export function smallData(more: Partial<CatalystData> = {}, project = { id: 'p1', name: 'project-one' }): CatalystData {
  return {
    users: [
      {
        id: 'u1',
        name: 'una',
        password: 'secret',
        domain: DEFAULT_DOMAIN,
        defaultProjectId: project.id,
        roles: { [project.id]: ['_member_'] },
      },
    ],
    applicationCredentials: [],
    projects: [{ ...project, domain: DEFAULT_DOMAIN, enabled: true, collectedIn: ['nz-por-1', 'nz-hlz-1'] }],
    regions: ['nz-por-1', 'nz-hlz-1'],
    documents: {},
    usage: [],
    prices: { 'nz-por-1': [], 'nz-hlz-1': [] },
    ...more,
  }
}

/** A login body for the stand-in's own user: unscoped asks for what the user defaults to. */
export function passwordLogin({ credentials }: CatalystStandIn, scope?: unknown): unknown {
  const { username: name, password, userDomainName } = credentials
  const user = { name, password, domain: { name: userDomainName } }
  return {
    auth: { identity: { methods: ['password'], password: { user } }, ...(scope === undefined ? {} : { scope }) },
  }
}

export async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** A token of the stand-in's own user. */
export async function getToken(standIn: CatalystStandIn, login = passwordLogin(standIn)): Promise<string> {
  const response = await post(`${standIn.authUrl}/auth/tokens`, login)
  const token = response.headers.get('x-subject-token')
  if (!token) throw new Error(`no token: ${response.status} ${await response.text()}`)
  return token
}

/** GETs from a region's rating server, with a token unless told otherwise. */
export async function rate(
  standIn: CatalystStandIn,
  path: string,
  { region = 'nz-por-1', ...init }: RequestInit & { region?: string; token?: string } = {},
): Promise<Response> {
  const token = init.token ?? (await getToken(standIn))
  const headers = { Accept: 'application/json', 'X-Auth-Token': token, ...init.headers }
  return fetch(`${standIn.regions[region]?.url}${path}`, { ...init, headers })
}

function walk(details: Details) {
  return Object.entries(details).flatMap(([category, { breakdown }]) =>
    Object.entries(breakdown).flatMap(([product, lines]) => lines.map(line => ({ category, product, line }))),
  )
}
