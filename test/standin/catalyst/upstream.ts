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

/** Whether the recordings of the real servers exist here. They are not part of the project. */
export const hasUpstream = existsSync(upstream)

/** Body of a sample, byte for byte. */
export function readSample(name: string): string {
  return readFileSync(new URL(`samples/catalyst/${name}.json`, upstream), 'utf8')
}

/** Recorded exchange. */
export interface Recording {
  readonly request: { readonly method: string; readonly path: string; readonly query: string; readonly body?: unknown }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown }
}

export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`recordings/${name}.json`, upstream), 'utf8'))
}

/** Details of an invoice or a quotation, as parsed JSON. */
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

/** ERP lines that give printed details. The stand-in computes the costs, and the taxed ones unless given. */
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

/** Usage rows that give printed details. */
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

/** Usage rows and attributes that give printed measurements. */
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

/** ERP credits that give printed ones. */
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

/** Price lists that give a printed `/v2/products`. */
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

/** Data set with one project, and one user with the role `_member_`. */
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

/** Login body of the stand-in's user. Without a scope, the user's default project is used. */
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

/** Token of the stand-in's user. */
export async function getToken(standIn: CatalystStandIn, login = passwordLogin(standIn)): Promise<string> {
  const response = await post(`${standIn.authUrl}/auth/tokens`, login)
  const token = response.headers.get('x-subject-token')
  if (!token) throw new Error(`no token: ${response.status} ${await response.text()}`)
  return token
}

/** Response of a region's rating server to a GET, by default with a token. */
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
