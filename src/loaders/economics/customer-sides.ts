import { hasScope, requireScope } from '../../access/rules.js'
import type { Customer } from '../../domain/customer.js'
import { customerByKey } from '../../domain/customer-claims.js'
import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import { claimedLines } from '../../domain/economics/claimed-cost.js'
import type { MarginGap } from '../../domain/economics/margin.js'
import type { MonthCost } from '../../domain/economics/month-cost.js'
import type { ServiceMonths } from '../../domain/economics/revenue.js'
import type { LineItem } from '../../domain/line-item.js'
import type { YearMonth } from '../../domain/period.js'
import type { Loaders } from '../loaders.js'
import { loadClaimedCosts } from './costs.js'
import { loadSales, type SalesAnswer } from './sales.js'

/** Cost and invoices of a customer, as far as the caller may see them. */
export interface CustomerSides {
  /** Null when it is not visible or not defined. */
  readonly cost: MonthCost | null
  /** The lines that the cost is the sum of; `[]` without it. */
  readonly costLines: readonly LineItem[]
  /** Null when they are not visible, not defined, or not readable. */
  readonly invoices: SalesAnswer['invoices']
  readonly serviceMonths: ServiceMonths
  /** Why a side is missing. */
  readonly gaps: readonly MarginGap[]
  readonly failures: readonly Error[]
}

/** The registered customer whose whole cost the caller may see; null otherwise. */
export function costVisible({ registry }: Loaders, { registered }: Customer): RegisteredCustomer | null {
  return registered?.seesAllCost ? customerByKey(registry, registered.key) : null
}

/** The buyers whose invoices are a registered customer's whole revenue; null when the caller may not see all of them. */
export function buyersVisible({ principal }: Loaders, { registered }: Customer): readonly string[] | null {
  if (!registered?.seesAllRevenue) return null
  // To a caller without any buyer, a customer without buyers looks like one whose buyers are hidden.
  return registered.buyers.length > 0 || principal.grants.buyers === '*' ? registered.buyers : null
}

/** Both sides of a month, each for itself: a side that is hidden or fails does not affect the other. */
export async function loadSides(loaders: Loaders, customer: Customer, month: YearMonth): Promise<CustomerSides> {
  requireScope(loaders.principal, 'costs:read', 'billing:read')
  if (customer.registered === null) {
    return { ...NO_COST, ...NO_SALES, gaps: ['REGISTRY_GAP'], failures: [] }
  }
  const [costs, sales] = await Promise.all([
    loadCostSide(loaders, customer, month),
    loadSalesSide(loaders, customer, month),
  ])
  return {
    cost: costs.cost,
    costLines: costs.costLines,
    invoices: sales.invoices,
    serviceMonths: sales.serviceMonths,
    gaps: [...costs.gaps, ...sales.gaps],
    failures: [...costs.failures, ...sales.failures],
  }
}

const NO_COST = { cost: null, costLines: [] } as const
const NO_SALES = { invoices: null, serviceMonths: new Map() } as const

async function loadCostSide(
  loaders: Loaders,
  customer: Customer,
  month: YearMonth,
): Promise<Omit<CustomerSides, 'invoices' | 'serviceMonths'>> {
  const registered = hasScope(loaders.principal, 'costs:read') ? costVisible(loaders, customer) : null
  if (registered === null) return { ...NO_COST, gaps: ['NOT_ALL_VISIBLE'], failures: [] }
  const isClaimed = registered.claims.some(
    ({ from, until }) => (from === null || from <= month) && (until === null || month <= until),
  )
  if (!isClaimed) return { ...NO_COST, gaps: ['REGISTRY_GAP'], failures: [] }
  const answer = await loadClaimedCosts(loaders, registered, [month])
  const [cost] = answer?.months ?? []
  if (!answer || !cost) return { ...NO_COST, gaps: ['NO_COST'], failures: answer?.failures ?? [] }
  const costLines = answer.read
    .flat()
    .flatMap(({ documents, projectId }) =>
      documents.flatMap(document => claimedLines(document, loaders.registry, projectId, registered.key)),
    )
  return { cost, costLines, gaps: [], failures: answer.failures }
}

async function loadSalesSide(
  loaders: Loaders,
  customer: Customer,
  month: YearMonth,
): Promise<Omit<CustomerSides, 'cost' | 'costLines'>> {
  const buyers = hasScope(loaders.principal, 'billing:read') ? buyersVisible(loaders, customer) : null
  if (buyers === null) return { ...NO_SALES, gaps: ['NOT_ALL_VISIBLE'], failures: [] }
  if (buyers.length === 0) return { ...NO_SALES, gaps: ['NO_BUYER'], failures: [] }
  const key = customer.registered?.key ?? ''
  const { invoices, serviceMonths, failures } = await loadSales(loaders, key, buyers, { from: month, to: month })
  return { invoices, serviceMonths, gaps: invoices ? [] : ['UPSTREAM_DOWN'], failures }
}
