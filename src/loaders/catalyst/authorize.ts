import type { Principal } from '../../access/principal.js'
import { hasScope, maySeeCustomers, maySeeProject, maySeeResource, requireScope } from '../../access/rules.js'
import { onlyVisibleLines, onlyVisibleQuotation } from '../../domain/visible-lines.js'
import type { QuotationAnswer } from '../../upstream/catalyst/quotations.js'
import type { Load } from '../load.js'
import type { CatalystLoaders } from './loaders.js'

const NO_QUOTATION: QuotationAnswer = { quotation: null, failures: [] }

/**
 * Loaders limited to a principal's grants. A granted project is visible as a whole. With customers granted, only their lines are
 * visible, as if the bill had no others, and bills without such lines do not exist. Without either grant there is nothing, and
 * the upstream is not called.
 */
export function authorizeCatalyst(all: CatalystLoaders, principal: Principal): CatalystLoaders {
  const sees = (projectId: string): boolean => maySeeProject(principal, projectId)
  const isVisible = (name: string | null): boolean => maySeeResource(principal, name)
  return {
    billing: all.billing,
    showsBills: projectId => sees(projectId) && hasScope(principal, 'billing:read'),
    defaultProjectId: () => defaultProjectId(all, principal),
    own: async () => {
      requireScope(principal, 'billing:read')
      const { projects, failures } = await all.own()
      const granted = projects.filter(({ project }) => sees(project.nativeId))
      // The project of an account that fails is unknown. It may be a granted one, unless all granted ones were found.
      return { projects: granted, failures: isComplete(principal, granted.length) ? [] : failures }
    },
    costProjects: async () => {
      requireScope(principal, 'costs:read')
      const { projects } = principal.grants
      if (projects !== '*' && projects.size === 0 && !maySeeCustomers(principal)) return []
      const ids = await all.costProjects()
      return maySeeCustomers(principal) ? ids : ids.filter(sees)
    },
    invoiceSources: async filter => {
      requireScope(principal, 'billing:read')
      if (filter.buyer) return sees(filter.buyer.nativeId) ? all.invoiceSources(filter) : []
      return (await all.invoiceSources(filter)).filter(({ projectId }) =>
        // The project of an account that fails is unknown.
        projectId === null ? !isComplete(principal, 0) : sees(projectId),
      )
    },
    months: requiring(principal, ['billing:read'], async key => (sees(key.projectId) ? all.months.load(key) : [])),
    customerBills: requiring(principal, ['costs:read'], async key => {
      if (sees(key.projectId)) return all.customerBills.load(key)
      if (!maySeeCustomers(principal)) return []
      return onlyVisibleLines(await all.customerBills.load(key), isVisible)
    }),
    quotations: requiring(principal, ['costs:read'], async key =>
      sees(key.projectId) ? all.quotations.load(key) : NO_QUOTATION,
    ),
    customerQuotations: requiring(principal, ['costs:read'], async key => {
      if (sees(key.projectId)) return all.customerQuotations.load(key)
      if (!maySeeCustomers(principal)) return NO_QUOTATION
      const { quotation, failures } = await all.customerQuotations.load(key)
      return { quotation: quotation && onlyVisibleQuotation(quotation, isVisible), failures }
    }),
    projects: requiring(principal, ['billing:read', 'costs:read'], async id =>
      sees(id) ? all.projects.load(id) : null,
    ),
    // The names of regions are public; the existence of a project is not.
    regions: async projectId => all.regions(projectId !== null && sees(projectId) ? projectId : null),
    products: requiring(principal, ['costs:read'], regions => all.products.load(regions)),
    measurements: requiring(principal, ['costs:read'], async key =>
      sees(key.projectId) ? all.measurements.load(key) : { measurements: [], failures: [] },
    ),
    credits: requiring(principal, ['costs:read'], async id => (sees(id) ? all.credits.load(id) : [])),
  }
}

/** A loader that requires one of the scopes. */
function requiring<K, V>(
  principal: Principal,
  scopes: Parameters<typeof hasScope>[1][],
  load: (key: K) => Promise<V>,
): Load<K, V> {
  return {
    load: async key => {
      requireScope(principal, ...scopes)
      return load(key)
    },
  }
}

/** The configured project; the first granted one for a principal that may see other projects only. */
async function defaultProjectId(all: CatalystLoaders, principal: Principal): Promise<string> {
  const { projects } = principal.grants
  const configured = await all.defaultProjectId()
  if (projects === '*' || projects.has(configured) || maySeeCustomers(principal)) return configured
  const [first] = projects
  return first ?? configured
}

/** True when this many projects are all that the principal may see. */
function isComplete({ grants: { projects } }: Principal, found: number): boolean {
  return projects !== '*' && found >= projects.size
}
