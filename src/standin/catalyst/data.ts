import type { Credit } from './credits.js'

/** Which back end the rating service has: an ERP, or only its own usage data and a price file. */
export type Driver = 'odoo' | 'jsonfile'

/** A Keystone domain. */
export interface Domain {
  readonly id: string
  readonly name: string
}

/** The domain everybody has who has made no other. */
export const DEFAULT_DOMAIN: Domain = { id: 'default', name: 'Default' }

/** A Keystone user. */
export interface User {
  readonly id: string
  readonly name: string
  readonly password: string
  readonly domain: Domain
  /** What a token without a scope is scoped to. */
  readonly defaultProjectId?: string
  /** Project id → names of the roles there. */
  readonly roles: Readonly<Record<string, readonly string[]>>
}

/** A Keystone application credential: stands for its user in one project. */
export interface ApplicationCredential {
  readonly id: string
  readonly name: string
  readonly secret: string
  readonly userId: string
  readonly projectId: string
  readonly roles: readonly string[]
}

/** A project, for Keystone and for the rating service. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly domain: Domain
  readonly description?: string
  readonly enabled: boolean
  /** Regions whose rating service has collected it; elsewhere it answers 404. */
  readonly collectedIn: readonly string[]
  /** The rating service's copy of the name, when it differs. */
  readonly ratingName?: string
}

/** One line of an ERP document. What is not given is computed as the ERP computes it. */
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
  /** Default: cost × 1.15, rounded to cents. Never shown in a legacy document. */
  readonly costTaxed?: number
  /** The price list no longer offers the product: a detailed answer fails on this line. */
  readonly isRetired?: boolean
}

/** An invoice or credit note of the ERP (odoo driver). */
export interface ErpDocument {
  /** `YYYY-MM-DD`. Documents of one day are merged into one entry. */
  readonly billDate: string
  /** Absent in answers from before August 2017. */
  readonly status?: string
  /** Older generation: no `*_taxed` figures, and `total_cost` includes GST. */
  readonly isLegacy?: boolean
  readonly lines: readonly DocumentLine[]
  /** Default: the sum of the lines, rounded to cents; in a legacy document with GST. */
  readonly totalCost?: number
  /** Default: totalCost × 1.15, rounded to cents, which may differ from the sum of the lines by some cents. */
  readonly totalCostTaxed?: number
}

/** What one resource used of one product, as the collector noted it. */
export interface Usage {
  readonly region: string
  readonly projectId: string
  readonly resourceId: string
  /** '' when unnamed. */
  readonly resourceName: string
  /** `Virtual Machine`, `Router`, `Object Storage Container`. */
  readonly resourceType: string
  /** Product without its region: `c1.c2r4`. */
  readonly service: string
  readonly volume: number
  /** The collector's: `second`, `byte`, `gigabyte`, `hour`. */
  readonly unit: string
  /** Counts in a period only if it begins and ends in it. */
  readonly start: Date
  readonly end: Date
}

/** A product in a region's price list. */
export interface Price {
  /** Without its region: `c1.c2r4`. */
  readonly name: string
  /** Category in the price file, lower case: `data transfer`. */
  readonly category: string
  /** Category in the ERP. Default: `category` in title case. */
  readonly erpCategory?: string
  readonly unit: string | false
  readonly rate: number
  /** The price file writes the rate as an integer: `0`. */
  readonly isIntegerRate?: boolean
  /** The price file writes the rate as this string: it is listed, and nothing can be priced with it. */
  readonly rateText?: string
  readonly description: string | false
  /** Sold by the ERP across regions: `NZ.o1.standard`. */
  readonly spansRegions?: boolean
}

/** All that the stand-in knows. The first user is the one `credentials` of the stand-in are about. */
export interface CatalystData {
  readonly users: readonly User[]
  readonly applicationCredentials: readonly ApplicationCredential[]
  readonly projects: readonly Project[]
  /** In the order Keystone lists them. */
  readonly regions: readonly string[]
  /** Project id → its documents, in any order. */
  readonly documents: Readonly<Record<string, readonly ErpDocument[]>>
  readonly usage: readonly Usage[]
  /** Region → price list. A region may lack one. */
  readonly prices: Readonly<Record<string, readonly Price[]>>
  /** ERP products left out of details. Default: `['reseller-margin-discount']`. */
  readonly hiddenProducts?: readonly string[]
  /** Project id → its credits in the ERP. */
  readonly credits?: Readonly<Record<string, readonly Credit[]>>
  /**
   * Resource id → what the collector noted of it, in its order: `type`, `name`, `availability zone`, `ip address`.
   * Default: type and name of its usage.
   */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Projects that health reports as more than a day behind. */
  readonly lateProjects?: readonly Pick<Project, 'id' | 'name'>[]
  /** Routes that fail (500) with the raw text of an exception, and that text. */
  readonly rawFailures?: Readonly<Partial<Record<'products' | 'quotations' | 'credits', string>>>
  /** Roles that may call the rating service. Default: any. */
  readonly allowedRoles?: readonly string[]
  /** What the odoo driver's invoices fail with (500) instead of answering: the ERP is down, and health says so. */
  readonly erpFailure?: string
}

/** How to log in with a data set. Application credential fields are '' when the set has none. */
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
 * The first user of a data set with its default project, or else the first project it has a role in.
 *
 * @throws RangeError when there is no user, or its project is not described
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
