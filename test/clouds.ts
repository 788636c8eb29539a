import { settingsForStandIn } from '../src/demo.js'
import { type CatalystData, DEFAULT_DOMAIN, type ErpDocument } from '../src/standin/catalyst/data.js'
import { type CatalystStandIn, startCatalyst } from '../src/standin/catalyst/start.js'
import type { CatalystSettings } from '../src/upstream/catalyst/open.js'
import { clock } from './gateway.js'
import { smallData } from './standin/catalyst/upstream.js'

/** A cloud with one account and its project, its own Keystone and its own rating servers. */
export interface Cloud extends CatalystStandIn {
  /** Settings of the account with a password. They name the project by its id. */
  readonly settings: CatalystSettings
  /** Settings of the account with an application credential. Only Keystone knows its project. */
  readonly nameless: CatalystSettings
}

/** How a cloud differs from the others. */
export interface CloudOptions {
  readonly projectId: string
  readonly roles?: readonly string[]
  readonly documents?: CatalystData['documents']
  readonly more?: Partial<CatalystData>
}

/** A bill with one line of that cost, in dollars without tax. */
export function bill(billDate: string, cost: number, resourceName = 'customer-a', status = 'paid'): ErpDocument {
  const product = 'NZ-POR-1.c1.c1r1'
  return {
    billDate,
    status,
    lines: [{ category: 'Compute', product, resourceName, quantity: 1, unit: 'hour', rate: cost }],
  }
}

/** Starts a cloud's stand-in servers on this machine. */
export async function startCloud(cloud: string, options: CloudOptions): Promise<Cloud> {
  const { projectId, roles = ['billing'], documents = {}, more = {} } = options
  const user = { id: `user-${cloud}`, name: `una-${cloud}`, password: `secret-${cloud}`, domain: DEFAULT_DOMAIN }
  const credential = {
    id: `ac-${cloud}`,
    name: 'gateway',
    secret: `hidden-${cloud}`,
    userId: user.id,
    projectId,
    roles,
  }
  const data = smallData(
    {
      users: [{ ...user, defaultProjectId: projectId, roles: { [projectId]: roles } }],
      applicationCredentials: [credential],
      documents,
      ...more,
    },
    { id: projectId, name: `project ${projectId}` },
  )
  const standIn = await startCatalyst({ clock, data })
  // The driver is set, since these servers have no price list to recognise it by.
  const settings = { ...settingsForStandIn(standIn), cloud, driver: 'odoo' } as const
  const { id, secret } = credential
  const nameless = {
    ...settings,
    credential: { method: 'application_credential', credential: { id }, secret },
  } as const
  return Object.assign(standIn, { settings, nameless })
}
