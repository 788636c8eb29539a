import { type CatalystData, DEFAULT_DOMAIN, type Project, type Usage, type User } from './data.js'
import { demoActivities, toUsage } from './demo-activity.js'
import { demoMonths } from './demo-calendar.js'
import { demoNotes } from './demo-collector.js'
import { demoCredits } from './demo-credits.js'
import { demoDocuments } from './demo-documents.js'
import { demoPrices } from './demo-prices.js'
import {
  DOCUMENTED_INVOICE_PROJECT,
  DOCUMENTED_QUOTATION_PROJECT,
  JULY_2017,
  NOVEMBER_2017,
} from './documented-2017.js'
import { formatDate, startOfDay, startOfMonth } from './time.js'
import { hexId } from './tokens.js'

const REGIONS: readonly string[] = ['nz-por-1', 'nz-hlz-1']
const PROJECT_ID = hexId('project', 'harbour-digital')
const USER_ID = hexId('user', 'demo')
const CREDENTIAL_ID = hexId('application credential', 'demo')

/** Parameters of the demo data. */
export interface DemoOptions {
  readonly seed: number
  /** Present day of the demo, UTC. */
  readonly now: Date
  /** Start of the demo. Default: `now`. */
  readonly since?: Date
}

/**
 * Demo data: a reseller's project, and the two projects of the documentation of 2017. The reseller's project has
 * fourteen closed months before `since` (UTC), the closed months from then on, and the current month up to the end of
 * today. The usage of today is in hourly rows, so future hours are not counted. The data is the same for the same seed
 * and days; seeds differ in resource ids, traffic, and the hours at which resources are created and deleted.
 */
export function demoData({ seed, now, since = now }: DemoOptions): CatalystData {
  const months = demoMonths(since, now)
  const closed = months.filter(({ end }) => end <= startOfMonth(now))
  const usage = months.flatMap(month =>
    demoActivities(seed, month).flatMap(activity => toUsage(activity, PROJECT_ID, now)),
  )
  return {
    users: USERS,
    applicationCredentials: [
      {
        id: CREDENTIAL_ID,
        name: 'gateway',
        secret: 'kowhai-in-flower',
        userId: USER_ID,
        projectId: PROJECT_ID,
        roles: ['admin', 'project_admin', '_member_'],
      },
    ],
    projects: PROJECTS,
    regions: REGIONS,
    documents: {
      [PROJECT_ID]: [JULY_2017, ...demoDocuments(seed, closed)],
      [DOCUMENTED_INVOICE_PROJECT]: [NOVEMBER_2017],
    },
    usage: [...usage, ...quotationUsage(now)],
    prices: demoPrices(),
    credits: { [PROJECT_ID]: demoCredits(since) },
    resources: demoNotes(seed),
  }
}

/** Function that returns the demo data of the present day. The demo starts at the clock's time and advances with it. */
export function createDemo({ seed, clock }: { readonly seed: number; readonly clock: () => Date }): () => CatalystData {
  const since = clock()
  let current: { readonly day: string; readonly data: CatalystData } | undefined
  return () => {
    const now = clock()
    const day = formatDate(now)
    if (current?.day !== day) current = { day, data: demoData({ seed, now, since }) }
    return current.data
  }
}

const USERS: readonly User[] = [
  {
    id: USER_ID,
    name: 'demo@harbour-digital.example.nz',
    password: 'tui-at-the-harbour',
    domain: DEFAULT_DOMAIN,
    defaultProjectId: PROJECT_ID,
    roles: {
      [PROJECT_ID]: ['admin', 'project_admin', '_member_'],
      [DOCUMENTED_INVOICE_PROJECT]: ['project_admin', '_member_'],
      [DOCUMENTED_QUOTATION_PROJECT]: ['project_admin', '_member_'],
    },
  },
  {
    id: hexId('user', 'accounts'),
    name: 'accounts@harbour-digital.example.nz',
    password: 'weka-by-the-books',
    domain: DEFAULT_DOMAIN,
    roles: { [PROJECT_ID]: ['billing'] },
  },
]

const PROJECTS: readonly Project[] = [
  project(PROJECT_ID, 'harbour-digital.example.nz', 'Hosting reseller'),
  project(DOCUMENTED_INVOICE_PROJECT, 'example.com', 'Invoice of the documentation of 2017'),
  project(DOCUMENTED_QUOTATION_PROJECT, 'openstack', 'Quotation of the documentation of 2017'),
]

function project(id: string, name: string, description: string): Project {
  return { id, name, description, domain: DEFAULT_DOMAIN, enabled: true, collectedIn: REGIONS }
}

/** Usage with fixed volumes that costs 34.82 on any day: 22.00 + 8.32 + 4.50. */
function quotationUsage(now: Date): readonly Usage[] {
  const rows = [
    ['openstack-app', 'Virtual Machine', 'c1.c1r1', 500, 'hour'],
    ['openstack-data', 'Volume', 'b1.standard', 20_000, 'gigabyte'],
    ['openstack-router', 'Router', 'n1.international-out', 37.5, 'gigabyte'],
  ] as const
  return rows.map(([resourceName, resourceType, service, volume, unit]) => ({
    region: 'nz-por-1',
    projectId: DOCUMENTED_QUOTATION_PROJECT,
    resourceId: hexId('resource', resourceName).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    resourceName,
    resourceType,
    service,
    volume,
    unit,
    start: startOfMonth(now),
    end: startOfDay(now),
  }))
}
