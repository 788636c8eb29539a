import { requireScope } from '../../access/rules.js'
import type { Customer } from '../../domain/customer.js'
import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import { claimedLines } from '../../domain/economics/claimed-cost.js'
import type { MonthCost, ProjectMonth } from '../../domain/economics/month-cost.js'
import type { ChargedMonth } from '../../domain/on-charge/charged-month.js'
import { OnChargeRefusedError } from '../../domain/on-charge/refusal.js'
import type { ChargeableCost } from '../../domain/on-charge/terms.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import { type CustomerIdentity, findCustomer } from '../customers/customers.js'
import type { Loaders } from '../loaders.js'
import { loadClaimedCosts } from './costs.js'
import { buyersVisible, costVisible } from './customer-sides.js'

/** Which cost is to be charged. */
export interface ChargeQuestion {
  readonly customer: CustomerIdentity
  readonly month: YearMonth
  /** Null charges all projects of the customer's claims. */
  readonly projectId: string | null
}

/** A customer and a buyer of it that the caller may charge. Nothing was read for it. */
export interface ChargeSubject {
  readonly customer: RegisteredCustomer
  readonly buyerId: string
  readonly month: YearMonth
}

/**
 * The registered customer and the buyer of a charge, without any upstream call. The caller must see the customer's whole cost and all
 * its buyers: otherwise a part would be charged as the whole.
 *
 * @throws OnChargeRefusedError
 */
export function chargeSubject(
  loaders: Loaders,
  { customer: identity, month, projectId }: ChargeQuestion,
): ChargeSubject {
  requireScope(loaders.principal, 'costs:read')
  requireScope(loaders.principal, 'billing:read')
  const customer = requireWhole(loaders, findCustomer(loaders, identity))
  if (month >= monthAt(loaders.clock())) throw refused('CONFLICT', `month: ${month} is not over.`, 'month')
  const claims = customer.claims.filter(({ from, until }) => (from ?? month) <= month && month <= (until ?? month))
  const [first, ...others] = inProject(claims, projectId)
  if (!first) {
    const where = projectId === null ? '' : ` in project ${projectId}`
    throw refused(
      'NOT_FOUND',
      `The customer ${customer.key} has no claim in ${month}${where}.`,
      projectId === null ? 'month' : 'projectId',
    )
  }
  const buyerId = buyerOf(customer, 'buyerId' in identity ? identity.buyerId : null)
  return { customer: { ...customer, claims: [first, ...others] }, buyerId, month }
}

/** The month that is charged. */
export function chargedMonth({ customer, buyerId, month }: ChargeSubject): ChargedMonth {
  return { customerKey: customer.key, buyerId, month }
}

/**
 * The cost that is to be charged, with its lines.
 *
 * @throws OnChargeRefusedError for one that is not complete, not current or not final; the errors of reading from Catalyst
 */
export async function loadChargeableCost(loaders: Loaders, subject: ChargeSubject): Promise<ChargeableCost> {
  const { customer, month } = subject
  const answer = await loadClaimedCosts(loaders, customer, [month])
  const [cost] = answer?.months ?? []
  const [projects = []] = answer?.read ?? []
  if (!cost?.amount || cost.state !== 'CLOSED') throw answer?.failures[0] ?? notFinal(month, cost)
  const partial = projects.flatMap(({ documents }) => documents).find(hasGap)
  if (partial) throw incomplete(month)
  const lines = projects.flatMap(({ projectId, documents }) =>
    documents.flatMap(document => claimedLines(document, loaders.registry, projectId, customer.key)),
  )
  const { currency } = cost.amount.net
  return { ...chargedMonth(subject), lines, currency, buyers: customer.buyers }
}

function requireWhole(loaders: Loaders, found: Customer | null): RegisteredCustomer {
  if (!found?.registered) throw refused('NOT_REGISTERED', 'The registry has no such customer.', 'customer')
  const customer = costVisible(loaders, found)
  if (customer && buyersVisible(loaders, found)) return customer
  throw refused('NOT_FOUND', "A part of the customer's cost or buyers is not visible to the caller.", 'customer')
}

function inProject(claims: RegisteredCustomer['claims'][number][], projectId: string | null) {
  if (projectId === null) return claims
  return claims
    .filter(claim => claim.projectId === null || claim.projectId === projectId)
    .map(claim => ({ ...claim, projectId }))
}

function buyerOf({ key, buyers }: RegisteredCustomer, named: string | null): string {
  const [buyerId, ...others] = named === null ? buyers : [named]
  if (buyerId === undefined)
    throw refused('NOT_FOUND', `The customer ${key} has no 3scale buyer in the registry.`, 'customer')
  if (others.length === 0) return buyerId
  const message = `The customer ${key} has several buyers, ${buyers.join(', ')}: name one of them by customer: { buyerId }.`
  throw refused('BAD_USER_INPUT', message, 'customer')
}

function hasGap({ notices }: ProjectMonth['documents'][number]): boolean {
  return notices.some(({ code }) => code === 'LINES_UNAVAILABLE' || code === 'REGION_MISSING')
}

function notFinal(month: YearMonth, cost: MonthCost | undefined): OnChargeRefusedError {
  if (!cost) return refused('NOT_FOUND', 'Catalyst Cloud is not configured, so that there is no cost.', null)
  if (cost.isIncomplete) return incomplete(month)
  switch (cost.state) {
    case 'STALE':
      return refused('CONFLICT', `The cost of ${month} is stale: Catalyst Cloud cannot be read now.`, 'month')
    case 'NO_BILL':
      return refused('CONFLICT', `There is no bill of ${month} yet.`, 'month')
    case 'MIXED_CURRENCIES':
      return refused(
        'CURRENCY_MISMATCH',
        `The bills of ${month} are in several currencies, which are never added.`,
        'month',
      )
    default:
      return refused('CONFLICT', `The cost of ${month} is not final.`, 'month')
  }
}

function incomplete(month: YearMonth): OnChargeRefusedError {
  return refused(
    'CONFLICT',
    `The cost of ${month} is incomplete: a bill is missing, or does not list its lines.`,
    'month',
  )
}

function refused(...given: ConstructorParameters<typeof OnChargeRefusedError>): OnChargeRefusedError {
  return new OnChargeRefusedError(...given)
}
