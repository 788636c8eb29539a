import type { Principal } from '../../access/principal.js'
import { requireScope } from '../../access/require-scope.js'
import { hasScope, maySeeCustomers, maySeeProject, maySeeResource } from '../../access/rules.js'
import { onlyVisibleLines, onlyVisibleQuotation } from '../../domain/visible-lines.js'
import type { QuotationAnswer } from '../../upstream/catalyst/quotations.js'
import type { Load } from '../load.js'
import type { CatalystLoaders } from './loaders.js'

const NO_QUOTATION: QuotationAnswer = { quotation: null, failures: [] }

/**
 * The loaders as one principal may use them. Whose project is granted sees its bills whole; who is granted customers sees
 * their lines alone, as if the bill had no others, and no bill that has none of them; whoever is granted neither finds nothing
 * there, and nobody is asked.
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
      // An account that fails may be the one whose project is granted; where all of these are there, it is none of his.
      return { projects: granted, failures: isComplete(principal, granted.length) ? [] : failures }
    },
    invoiceSources: async filter => {
      requireScope(principal, 'billing:read')
      if (filter.buyer) return sees(filter.buyer.nativeId) ? all.invoiceSources(filter) : []
      return (await all.invoiceSources(filter)).filter(({ projectId }) =>
        // What a project is is not known where its account fails.
        projectId === null ? !isComplete(principal, 0) : sees(projectId),
      )
    },
    months: guarded(principal, ['billing:read'], async question =>
      sees(question.projectId) ? all.months.load(question) : [],
    ),
    customerBills: guarded(principal, ['costs:read'], async question => {
      if (sees(question.projectId)) return all.customerBills.load(question)
      if (!maySeeCustomers(principal)) return []
      return onlyVisibleLines(await all.customerBills.load(question), isVisible)
    }),
    quotations: guarded(principal, ['costs:read'], async question =>
      sees(question.projectId) ? all.quotations.load(question) : NO_QUOTATION,
    ),
    customerQuotations: guarded(principal, ['costs:read'], async question => {
      if (sees(question.projectId)) return all.customerQuotations.load(question)
      if (!maySeeCustomers(principal)) return NO_QUOTATION
      const { quotation, failures } = await all.customerQuotations.load(question)
      return { quotation: quotation && onlyVisibleQuotation(quotation, isVisible), failures }
    }),
    projects: guarded(principal, ['billing:read', 'costs:read'], async id => (sees(id) ? all.projects.load(id) : null)),
    // Which regions there are is no secret; whether a project exists is.
    regions: async projectId => all.regions(projectId !== null && sees(projectId) ? projectId : null),
    products: guarded(principal, ['costs:read'], regions => all.products.load(regions)),
    measurements: guarded(principal, ['costs:read'], async question =>
      sees(question.projectId) ? all.measurements.load(question) : { measurements: [], failures: [] },
    ),
    credits: guarded(principal, ['costs:read'], async id => (sees(id) ? all.credits.load(id) : [])),
  }
}

function guarded<K, V>(
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

/** The configured one, save for somebody who may see other projects and not this one: then the first of his. */
async function defaultProjectId(all: CatalystLoaders, principal: Principal): Promise<string> {
  const { projects } = principal.grants
  const configured = await all.defaultProjectId()
  if (projects === '*' || projects.has(configured) || maySeeCustomers(principal)) return configured
  const [first] = projects
  return first ?? configured
}

/** True when so many projects are all that the principal is granted. */
function isComplete({ grants: { projects } }: Principal, found: number): boolean {
  return projects !== '*' && found >= projects.size
}
