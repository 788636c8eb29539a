import type { AmountOwner } from './amount-tags.js'
import { invoicesOf } from './marked-invoices.js'
import { BILLS, CUSTOMERS_IN } from './marked-projects.js'
import { expand, type Granted } from './principals.js'
import { tagsIn } from './tags.js'

/** What a caller may be told, worked out from what the house holds: the gateway's own rules have no part in it. */
export class Holdings {
  private readonly projects: ReadonlySet<number>
  private readonly customers: ReadonlySet<number>
  private readonly buyers: ReadonlySet<number>

  constructor(readonly granted: Granted) {
    const { projects, customers, buyers } = expand(granted)
    this.projects = new Set(projects)
    this.customers = new Set(customers)
    this.buyers = new Set(buyers)
  }

  /** True when nothing in the text is of somebody else. */
  mayRead(text: string): boolean {
    const { buyers, customers, projects, projectTexts } = tagsIn(text)
    return (
      buyers.every(one => this.buyers.has(one)) &&
      projectTexts.every(one => this.projects.has(one)) &&
      projects.every(one => this.mayName(one)) &&
      customers.every(one => this.customers.has(one) || projects.some(project => this.projects.has(project)))
    )
  }

  /** True when nobody else's lines are in an amount. */
  mayCount(owner: AmountOwner): boolean {
    if (owner.kind === 'buyer') return this.buyers.has(owner.buyer)
    return this.seesLine(owner.project, owner.customer)
  }

  /** True of an instant's owner. */
  mayDate(buyer: number): boolean {
    return this.buyers.has(buyer)
  }

  /** Of all lists of bills that he can ask for, the longest has so many. */
  mostInvoices(): number {
    const sold = [...this.buyers].reduce((sum, buyer) => sum + invoicesOf(buyer), 0)
    return sold + this.projects.size * BILLS.length
  }

  /** The same of buyers. */
  mostBuyers(): number {
    return this.buyers.size + this.projects.size
  }

  /** The most lines that he sees of any month of a project, or of a bill of 3scale's. */
  mostLines(): number {
    return Math.max(2, ...[...CUSTOMERS_IN.keys()].map(project => this.mostLinesOf(project)))
  }

  /** The most lines that he sees of any month of that project. */
  mostLinesOf(project: number): number {
    return 2 * (CUSTOMERS_IN.get(project) ?? []).filter(customer => this.seesLine(project, customer)).length
  }

  private seesLine(project: number, customer: number): boolean {
    return this.projects.has(project) || this.customers.has(customer)
  }

  /** Where a line of his is, the project is named beside it. */
  private mayName(project: number): boolean {
    return this.projects.has(project) || (CUSTOMERS_IN.get(project) ?? []).some(one => this.customers.has(one))
  }
}
