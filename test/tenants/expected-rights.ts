import { type AmountOwner, buyerCode, cloudCode } from './amount-tags.js'
import { invoicesOf } from './marked-invoices.js'
import { BILLS, CUSTOMERS_IN } from './marked-projects.js'
import { REGISTERED } from './marked-registry.js'
import { expand, type Granted } from './principals.js'
import { tagsIn } from './tags.js'

/** Data that a caller may see, computed from the test data. The gateway's own authorization rules are not used. */
export class ExpectedRights {
  private readonly projects: ReadonlySet<number>
  private readonly customers: ReadonlySet<number>
  private readonly buyers: ReadonlySet<number>

  constructor(readonly granted: Granted) {
    const { projects, customers, buyers } = expand(granted)
    this.projects = new Set(projects)
    this.customers = new Set(customers)
    this.buyers = new Set(buyers)
  }

  /** True when no tag in the text belongs to another owner. */
  mayRead(text: string): boolean {
    const { buyers, customers, registered, projects, projectTexts } = tagsIn(text)
    return (
      registered.every(one => this.mayKnow(one)) &&
      buyers.every(one => this.buyers.has(one)) &&
      projectTexts.every(one => this.projects.has(one)) &&
      projects.every(one => this.mayName(one)) &&
      customers.every(one => this.customers.has(one) || projects.some(project => this.projects.has(project)))
    )
  }

  /** True when the caller may see every prefix in the text, as a claim of a registered customer. */
  mayReadClaims(text: string): boolean {
    const { customers, registered } = tagsIn(text)
    const isClaim = (one: number) =>
      this.customers.has(one) ||
      REGISTERED.some(({ customer, project }) => customer === one && this.projects.has(project))
    return customers.every(isClaim) && registered.every(one => this.mayKnow(one))
  }

  /** True when the caller may see lines of every customer in the text, in any project. */
  mayNameCustomers(text: string): boolean {
    return tagsIn(text).customers.every(one => [...CUSTOMERS_IN.keys()].some(project => this.seesLine(project, one)))
  }

  /** Number of registered customers that the caller may see. */
  mostRegistered(): number {
    return REGISTERED.filter(({ customer }) => this.mayKnow(customer)).length
  }

  /** True when the caller may know the registered customer: by its prefix, its project or its buyer. */
  private mayKnow(registered: number): boolean {
    return REGISTERED.some(
      ({ customer, project, buyer }) =>
        customer === registered &&
        (this.customers.has(customer) || this.projects.has(project) || this.buyers.has(buyer)),
    )
  }

  /** True when the caller may see the whole cost of the registered customer and its buyer. */
  mayChargeFor(registered: number): boolean {
    return REGISTERED.some(
      ({ customer, project, buyer }) =>
        customer === registered &&
        (this.customers.has(customer) || this.projects.has(project)) &&
        this.buyers.has(buyer),
    )
  }

  /** True when the amount contains no line of another owner. */
  mayCount(owner: AmountOwner): boolean {
    if (owner.kind === 'buyer') return this.buyers.has(owner.buyer)
    return this.seesLine(owner.project, owner.customer)
  }

  /** True for the sum of some bills of visible projects, or of some invoices of visible buyers. */
  mayTotal(code: bigint, currency: string): boolean {
    const parts =
      currency === 'NZD'
        ? [...this.projects].map(project => [billCode(project), LINES_OF_BILLS] as const)
        : [...this.buyers].map(buyer => [2 * buyerCode(buyer), invoicesOf(buyer)] as const)
    let sums = new Set([0])
    for (const [part, most] of parts) {
      const more = [...sums].flatMap(sum => Array.from({ length: most + 1 }, (_, count) => sum + count * part))
      sums = new Set(more.filter(sum => sum <= Number(code)))
    }
    return sums.has(Number(code))
  }

  /** True when the caller may see a whole bill of any project. */
  seesBills(): boolean {
    return this.projects.size > 0
  }

  /** True when the caller may see the buyer's instants. */
  mayDate(buyer: number): boolean {
    return this.buyers.has(buyer)
  }

  /** Length of the longest list of bills that the caller may see. */
  mostInvoices(): number {
    const sold = [...this.buyers].reduce((sum, buyer) => sum + invoicesOf(buyer), 0)
    return sold + this.projects.size * BILLS.length
  }

  /** Length of the longest list of buyers that the caller may see. */
  mostBuyers(): number {
    return this.buyers.size + this.projects.size
  }

  /** The most lines that the caller may see in any month of a project, or on a bill of 3scale's. */
  mostLines(): number {
    return Math.max(2, ...[...CUSTOMERS_IN.keys()].map(project => this.mostLinesOf(project)))
  }

  /** The most lines that the caller may see in any month of that project. */
  mostLinesOf(project: number): number {
    return 2 * (CUSTOMERS_IN.get(project) ?? []).filter(customer => this.seesLine(project, customer)).length
  }

  private seesLine(project: number, customer: number): boolean {
    return this.projects.has(project) || this.customers.has(customer)
  }

  /** A visible line names its project, so that name is visible too. */
  private mayName(project: number): boolean {
    return this.projects.has(project) || (CUSTOMERS_IN.get(project) ?? []).some(one => this.customers.has(one))
  }
}

/** Lines of each customer on all bills of a project together. */
const LINES_OF_BILLS = BILLS.reduce<number>((sum, { linesEach }) => sum + linesEach, 0)

/** Code of a bill on which each customer of the project has one line. */
function billCode(project: number): number {
  return (CUSTOMERS_IN.get(project) ?? []).reduce((sum, customer) => sum + cloudCode(project, customer), 0)
}
