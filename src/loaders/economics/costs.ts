import { maySeeProject, requireScope } from '../../access/rules.js'
import { isClaimInScope } from '../../domain/customer-claims.js'
import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import { claimedCost } from '../../domain/economics/claimed-cost.js'
import { type CostPart, costOfMonth, type MonthCost, type ProjectMonth } from '../../domain/economics/month-cost.js'
import type { Invoice } from '../../domain/invoice.js'
import { resourceName } from '../../domain/line-item.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import { linesWithPrefix, matchesPrefix, type PrefixMatch } from '../../domain/prefix-index.js'
import type { Quotation } from '../../domain/quotation.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { UpstreamError } from '../../upstream/http/errors.js'
import type { CatalystLoaders } from '../catalyst/loaders.js'
import type { Loaders } from '../loaders.js'
import { loadProjectMonth } from './project-months.js'

/** Selects lines by the names of their resources. */
interface LinePrefix {
  readonly prefix: string
  readonly match: PrefixMatch
}

/** The cost of some months, and the errors because of which amounts are missing. */
export interface CostsAnswer {
  /** In the order requested. */
  readonly months: readonly MonthCost[]
  readonly failures: readonly Error[]
}

/**
 * The cost of a registered customer's own lines: of all its claims, over their projects. A claim of every project is read from the
 * projects of the configured accounts. Null when Catalyst is not configured.
 *
 * @param customer the caller must be allowed to see all of its cost; otherwise hidden lines are missing from the sums
 */
export async function loadClaimedCosts(
  loaders: Loaders,
  customer: RegisteredCustomer,
  months: readonly YearMonth[],
): Promise<CostsAnswer | null> {
  const { catalyst, registry, principal } = loaders
  requireScope(principal, 'costs:read')
  if (!catalyst) return null
  const { projectIds, failures } = await claimedProjects(catalyst, customer)
  const costPart: CostPart = (document, projectId) => claimedCost(document, registry, projectId, customer.key)
  const found = await readCosts(loaders, catalyst, months, costPart, month => ({
    projectIds: projectIds.filter(id => isClaimed(customer, id, month)),
    // An account that fails may have a project that the customer claims.
    unread: failures.length > 0 && customer.claims.some(claim => claim.projectId === null) ? [UNKNOWN_PROJECT] : [],
  }))
  return { months: found.months, failures: [...failures, ...found.failures] }
}

/**
 * The cost of a prefix in one project, by month. Without a prefix, the bills as stated, or the lines of them that the caller may see.
 * Null when Catalyst is not configured.
 *
 * @param question a project of null is the default project
 */
export async function loadProjectCosts(
  loaders: Loaders,
  question: { readonly lines: LinePrefix | null; readonly projectId: string | null },
  months: readonly YearMonth[],
): Promise<CostsAnswer | null> {
  const { catalyst, principal } = loaders
  requireScope(principal, 'costs:read')
  if (!catalyst) return null
  const lines = question.lines ?? EVERY_LINE
  const costPart: CostPart = (document, projectId) =>
    question.lines === null && maySeeProject(principal, projectId) ? document.total : prefixCost(document, lines)
  const { projectIds, unread, failures } = await oneProject(catalyst, question.projectId)
  const found = await readCosts(loaders, catalyst, months, costPart, () => ({ projectIds, unread }))
  return { months: found.months, failures: [...failures, ...found.failures] }
}

const EVERY_LINE: LinePrefix = { prefix: '', match: 'STARTS_WITH' }
const UNKNOWN_PROJECT: ProjectMonth = { projectId: '', documents: [], read: 'FAILED' }

interface MonthProjects {
  readonly projectIds: readonly string[]
  /** Projects that cannot be read. */
  readonly unread: readonly ProjectMonth[]
}

/** The project, or the default one; unread when its account fails. */
async function oneProject(catalyst: CatalystLoaders, projectId: string | null) {
  try {
    return { projectIds: [projectId ?? (await catalyst.defaultProjectId())], unread: [], failures: [] }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { projectIds: [], unread: [UNKNOWN_PROJECT], failures: [error] }
  }
}

async function readCosts(
  loaders: Loaders,
  catalyst: CatalystLoaders,
  months: readonly YearMonth[],
  costPart: CostPart,
  projectsIn: (month: YearMonth) => MonthProjects,
): Promise<CostsAnswer> {
  const now = monthAt(loaders.clock())
  const read = await Promise.all(
    months.map(async month => {
      const { projectIds, unread } = projectsIn(month)
      const answers = await Promise.all(projectIds.map(id => loadProjectMonth(loaders, catalyst, id, month)))
      const projects = [...answers.map(({ projectMonth }) => projectMonth), ...unread]
      const failures = answers.flatMap(answer => answer.failures)
      return { cost: costOfMonth(month, projects, costPart, now), failures }
    }),
  )
  return { months: read.map(({ cost }) => cost), failures: read.flatMap(({ failures }) => failures) }
}

/** The projects of a customer's claims, and the errors of the accounts whose projects are not known. */
async function claimedProjects(catalyst: CatalystLoaders, { claims }: RegisteredCustomer) {
  const named = claims.flatMap(({ projectId }) => projectId ?? [])
  if (named.length === claims.length) return { projectIds: [...new Set(named)], failures: [] }
  // Which projects are read must not depend on the caller's rights: their bills are authorized when they are loaded.
  const { projects, failures } = await catalyst.billing.own()
  return { projectIds: [...new Set([...named, ...projects.map(({ project }) => project.nativeId)])], failures }
}

/** The projects in which a customer has a claim that covers the month. */
export async function claimedProjectsIn(catalyst: CatalystLoaders, customer: RegisteredCustomer, month: YearMonth) {
  const { projectIds, failures } = await claimedProjects(catalyst, customer)
  return { projectIds: projectIds.filter(id => isClaimed(customer, id, month)), failures }
}

function isClaimed({ claims }: RegisteredCustomer, projectId: string, month: YearMonth): boolean {
  return claims.some(claim => isClaimInScope(claim, { projectId, month }))
}

function prefixCost({ lineItems, total }: Invoice | Quotation, { prefix, match }: LinePrefix): TaxedMoney | null {
  if (lineItems === null) return null
  const lines = linesWithPrefix(lineItems, prefix).filter(line => matchesPrefix(resourceName(line), prefix, match))
  return sumTaxedMoney(
    lines.map(({ cost }) => cost),
    total.net.currency,
  )
}
