import {
  type CatalystData,
  DEFAULT_DOMAIN,
  type DocumentLine,
  type ErpDocument,
  type Project,
  type Usage,
} from '../../src/standin/catalyst/data.js'
import { cloudCode, dollars } from './amount-tags.js'

/** Customers with resources in a project, by project. */
export const CUSTOMERS_IN: ReadonlyMap<number, readonly number[]> = new Map([
  [1, [0, 1, 10, 2, 20, 3]],
  [2, [0, 1, 2]],
  [3, [0, 10, 20, 3]],
  [4, [0, 1, 3]],
  [5, [0, 2]],
])

/** Projects of the gateway's own accounts, the default one first. The other projects are visible by a role. */
export const OWN_PROJECTS: readonly number[] = [1, 2]

/** Bills of each project, with the number of lines per customer. */
export const BILLS = [
  { billDate: '2026-07-31', status: 'paid', linesEach: 1 },
  { billDate: '2026-08-31', status: 'paid', linesEach: 2 },
  { billDate: '2026-09-15', status: 'paid', linesEach: 1 },
  { billDate: '2026-09-30', status: 'not_paid', linesEach: 1 },
  { billDate: '2026-10-31', status: 'not_paid', linesEach: 2 },
] as const

export const REGIONS = ['nz-por-1', 'nz-hlz-1'] as const

/** Separators between a customer's prefix and the rest of a resource name, by project. */
const SEPARATORS = '-._:/'
const PRODUCT = 'c1.c1r1'
const PRICE = { name: PRODUCT, category: 'compute', unit: 'hour', rate: 0.2, description: 'one core' }

/** Cloud data in which every record of a project or customer carries its tag. Prices and regions are shared. */
export function markedCloud(): CatalystData {
  const projects = [...CUSTOMERS_IN.keys()]
  return {
    users: OWN_PROJECTS.map((project, index) => ({
      id: `user-${project}`,
      name: `una-${project}`,
      password: `secret-${project}`,
      domain: DEFAULT_DOMAIN,
      defaultProjectId: `pj${project}`,
      roles: { [`pj${project}`]: index === 0 ? ['admin'] : ['billing'] },
    })),
    applicationCredentials: [],
    projects: projects.map(projectOf),
    regions: REGIONS,
    documents: Object.fromEntries(projects.map(project => [`pj${project}`, BILLS.map(bill => billOf(project, bill))])),
    usage: projects.flatMap(usageOf),
    prices: Object.fromEntries(REGIONS.map(region => [region, [PRICE]])),
    credits: Object.fromEntries(projects.map(project => [`pj${project}`, [creditOf(project)]])),
  }
}

function projectOf(project: number): Project {
  return {
    id: `pj${project}`,
    name: `pn${project} hosting`,
    domain: DEFAULT_DOMAIN,
    enabled: true,
    collectedIn: REGIONS,
  }
}

function billOf(project: number, { billDate, status, linesEach }: (typeof BILLS)[number]): ErpDocument {
  const lines = (CUSTOMERS_IN.get(project) ?? []).flatMap(customer =>
    Array.from({ length: linesEach }, (_, nth) => lineOf(project, customer, nth)),
  )
  return { billDate, status, lines }
}

function lineOf(project: number, customer: number, nth: number): DocumentLine {
  return {
    category: nth === 0 ? 'Compute' : 'Network',
    product: `NZ-POR-1.${PRODUCT}`,
    // Some resources without a customer have no name.
    resourceName: customer === 0 && nth === 1 ? false : nameOf(project, customer),
    quantity: 1,
    rate: dollars(cloudCode(project, customer)),
    unit: 'hour',
  }
}

/** Lines of the running month: each customer's resource in the first region, every other one in the second. */
function usageOf(project: number): readonly Usage[] {
  const rows = (CUSTOMERS_IN.get(project) ?? []).flatMap((customer, index) =>
    REGIONS.slice(0, 1 + (index % 2)).map(region => ({ customer, region })),
  )
  return rows.map(({ customer, region }) => ({
    region,
    projectId: `pj${project}`,
    resourceId: `id-cu-${customer}-pj${project}-${region}`,
    resourceName: nameOf(project, customer),
    resourceType: 'Virtual Machine',
    service: PRODUCT,
    volume: cloudCode(project, customer),
    unit: 'hour',
    start: new Date('2026-11-02T00:00:00Z'),
    end: new Date('2026-11-03T00:00:00Z'),
  }))
}

function creditOf(project: number) {
  return {
    code: `pn${project}-grant`,
    type: `Grant of pn${project}`,
    startsAt: new Date('2026-01-01T00:00:00Z'),
    expiryDate: '2027-01-01',
    balance: dollars(cloudCode(project, 0)),
  }
}

function nameOf(project: number, customer: number): string {
  return `cu-${customer}${SEPARATORS[project - 1] ?? '-'}pj${project}-web`
}
