import { settingsForStandIn } from '../src/demo.js'
import { type CatalystData, DEFAULT_DOMAIN, type ErpDocument } from '../src/standin/catalyst/data.js'
import { type CatalystStandIn, startCatalyst } from '../src/standin/catalyst/start.js'
import type { CatalystSettings } from '../src/upstream/catalyst/create.js'
import { clock } from './gateway.js'
import { smallData } from './standin/catalyst/upstream.js'

/** A cloud with one account and one project, a Keystone and rating servers of its own. */
export interface Cloud extends CatalystStandIn {
  /** The account under the cloud's name, with a password and a project id. */
  readonly settings: CatalystSettings
  /** The same account with an application credential, whose project only Keystone knows. */
  readonly nameless: CatalystSettings
}

/** What differs between clouds. */
export interface CloudOptions {
  readonly projectId: string
  readonly roles?: readonly string[]
  readonly documents?: CatalystData['documents']
  readonly more?: Partial<CatalystData>
}

/** A bill of one line, its amount in dollars without tax. */
export function bill(billDate: string, cost: number, resourceName = 'customer-a', status = 'paid'): ErpDocument {
  const product = 'NZ-POR-1.c1.c1r1'
  return {
    billDate,
    status,
    lines: [{ category: 'Compute', product, resourceName, quantity: 1, unit: 'hour', rate: cost }],
  }
}

/** Starts a cloud of stand-ins. */
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
  // The kind of server is set, because these have no price list to detect it by.
  const settings = { ...settingsForStandIn(standIn), cloud, driver: 'odoo' } as const
  const { id, secret } = credential
  const nameless = {
    ...settings,
    credential: { method: 'application_credential', credential: { id }, secret },
  } as const
  return Object.assign(standIn, { settings, nameless })
}
