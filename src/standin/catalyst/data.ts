import type { Credit } from './credits.js'

/** Back end of the rating service: an ERP, or its own usage data with a price file. */
export type Driver = 'odoo' | 'jsonfile'

/** Keystone domain. */
export interface Domain {
  readonly id: string
  readonly name: string
}

/** Domain of an installation that has created no other. */
export const DEFAULT_DOMAIN: Domain = { id: 'default', name: 'Default' }

/** Keystone user. */
export interface User {
  readonly id: string
  readonly name: string
  readonly password: string
  readonly domain: Domain
  /** Project of a token that was requested without a scope. */
  readonly defaultProjectId?: string
  /** Project id → names of the user's roles in it. */
  readonly roles: Readonly<Record<string, readonly string[]>>
}

/** Keystone application credential: authenticates as its user in one project. */
export interface ApplicationCredential {
  readonly id: string
  readonly name: string
  readonly secret: string
  readonly userId: string
  readonly projectId: string
  readonly roles: readonly string[]
}

/** Project in Keystone and in the rating service. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly domain: Domain
  readonly description?: string
  readonly enabled: boolean
  /** Regions whose rating service has collected it. The others respond 404. */
  readonly collectedIn: readonly string[]
  /** Name in the rating service, if it differs. */
  readonly ratingName?: string
}

/** Line of an ERP document. Missing figures are computed as the ERP does. */
export interface DocumentLine {
  readonly category: string
  /** `NZ-POR-1.c1.c2r4`, `NZ.o1.standard`, `cloud-dev-grant`. */
  readonly product: string
  /** `false` when the ERP has none. */
  readonly resourceName: string | false
  readonly quantity: number
  readonly rate: number
  readonly unit: string
  /** Default: quantity × rate, rounded to cents. */
  readonly cost?: number
  /** Default: cost × 1.15, rounded to cents. Not shown in a legacy document. */
  readonly costTaxed?: number
  /** Whether the product is no longer in the price list. A detailed response fails on this line. */
  readonly isRetired?: boolean
}

/** Invoice or credit note in the ERP (odoo driver). */
export interface ErpDocument {
  /** `YYYY-MM-DD`. Documents of the same day are merged into one entry. */
  readonly billDate: string
  /** Missing in responses from before August 2017. */
  readonly status?: string
  /** Whether it is from an older server: without `*_taxed` figures, and with GST in `total_cost`. */
  readonly isLegacy?: boolean
  readonly lines: readonly DocumentLine[]
  /** Default: the sum of the lines, rounded to cents; with GST in a legacy document. */
  readonly totalCost?: number
  /** Default: totalCost × 1.15, rounded to cents. It may differ from the sum of the lines by some cents. */
  readonly totalCostTaxed?: number
}

/** Usage of one product by one resource, as recorded by the collector. */
export interface Usage {
  readonly region: string
  readonly projectId: string
  readonly resourceId: string
  /** '' without a name. */
  readonly resourceName: string
  /** `Virtual Machine`, `Router`, `Object Storage Container`. */
  readonly resourceType: string
  /** Product without the region: `c1.c2r4`. */
  readonly service: string
  readonly volume: number
  /** Unit of the collector: `second`, `byte`, `gigabyte`, `hour`. */
  readonly unit: string
  /** A period includes the usage only if it contains both `start` and `end`. */
  readonly start: Date
  readonly end: Date
}

/** Product in a region's price list. */
export interface Price {
  /** Without the region: `c1.c2r4`. */
  readonly name: string
  /** Category in the price file, lower case: `data transfer`. */
  readonly category: string
  /** Category in the ERP. Default: `category` in title case. */
  readonly erpCategory?: string
  readonly unit: string | false
  readonly rate: number
  /** Whether the price file has the rate as an integer: `0`. */
  readonly isIntegerRate?: boolean
  /** Rate as a string in the price file. It is listed, but usage cannot be priced with it. */
  readonly rateText?: string
  readonly description: string | false
  /** Whether the ERP sells it across regions: `NZ.o1.standard`. */
  readonly spansRegions?: boolean
}

/** Data set of the stand-in. `credentials` of the stand-in are those of the first user. */
export interface CatalystData {
  readonly users: readonly User[]
  readonly applicationCredentials: readonly ApplicationCredential[]
  readonly projects: readonly Project[]
  /** In Keystone's order. */
  readonly regions: readonly string[]
  /** Project id → its documents, in any order. */
  readonly documents: Readonly<Record<string, readonly ErpDocument[]>>
  readonly usage: readonly Usage[]
  /** Region → price list. A region may have none. */
  readonly prices: Readonly<Record<string, readonly Price[]>>
  /** ERP products omitted from details. Default: `['reseller-margin-discount']`. */
  readonly hiddenProducts?: readonly string[]
  /** Project id → its credits in the ERP. */
  readonly credits?: Readonly<Record<string, readonly Credit[]>>
  /**
   * Resource id → attributes from the collector, in its order: `type`, `name`, `availability zone`, `ip address`.
   * Default: type and name of the usage.
   */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Projects that the health check reports as more than a day behind. */
  readonly lateProjects?: readonly Pick<Project, 'id' | 'name'>[]
  /** Route → text of an exception that it fails with (500). */
  readonly rawFailures?: Readonly<Partial<Record<'products' | 'quotations' | 'credits', string>>>
  /** Roles that may call the rating service. Default: all. */
  readonly allowedRoles?: readonly string[]
  /** Error of the odoo driver's invoices (500): the ERP is down, and the health check says so. */
  readonly erpFailure?: string
}

/** Credentials of a data set. The application credential fields are '' if there is none. */
export interface DemoCredentials {
  readonly username: string
  readonly password: string
  readonly userDomainName: string
  readonly projectName: string
  readonly projectDomainId: string
  readonly projectId: string
  readonly applicationCredentialId: string
  readonly applicationCredentialSecret: string
}

/**
 * Credentials of the first user of a data set, in its default project or else the first project it has a role in.
 *
 * @throws RangeError when there is no user, or the data set lacks the project
 */
export function credentialsOf(data: CatalystData): DemoCredentials {
  const user = data.users[0]
  if (!user) throw new RangeError('data set without a user')
  const projectId = user.defaultProjectId ?? Object.keys(user.roles)[0]
  const project = data.projects.find(({ id }) => id === projectId)
  if (!project) throw new RangeError(`data set without project ${projectId}`)
  const credential = data.applicationCredentials.find(
    ({ userId, projectId }) => userId === user.id && projectId === project.id,
  )
  return {
    username: user.name,
    password: user.password,
    userDomainName: user.domain.name,
    projectName: project.name,
    projectDomainId: project.domain.id,
    projectId: project.id,
    applicationCredentialId: credential?.id ?? '',
    applicationCredentialSecret: credential?.secret ?? '',
  }
}
