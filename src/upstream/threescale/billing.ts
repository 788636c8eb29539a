import { LRUCache } from 'lru-cache'
import type { Contract, Plan } from '../../domain/contract.js'
import type { Invoice } from '../../domain/invoice.js'
import type { Metric } from '../../domain/metric.js'
import type { BuyerAccount } from '../../domain/party.js'
import type { Payment } from '../../domain/payment.js'
import type { CacheEpoch } from '../cache/response-cache.js'
import { UpstreamNotFoundError, UpstreamTooLargeError } from '../http/errors.js'
import type { UpstreamHealth } from '../http/upstream-http.js'
import type { ThreescaleClient } from './client.js'
import { toContract, toMetric, toPayment, toPlan } from './map-accounts.js'
import { toBuyerAccount, toInvoice } from './mapping.js'
import type { InvoicePageQuestion } from './reads.js'
import type * as wire from './wire.js'

/** One page of a list of invoices. */
export interface InvoicePage {
  readonly pagination: wire.Pagination
  readonly invoices: readonly Invoice[]
}

/** How long a page that was too large is read in parts without another attempt. */
const TOO_LARGE_MS = 600_000

/** What the gateway reads from one 3scale tenant, in the domain's terms. */
export class ThreescaleBilling {
  /** The pages that were too large. They are not requested again for a while, since each costs the server and the gateway much. */
  private readonly tooLarge = new LRUCache<string, UpstreamTooLargeError>({ max: 1_000, ttl: TOO_LARGE_MS })

  /** Changes with every write to an invoice. */
  readonly invoicesEpoch: CacheEpoch

  constructor(private readonly client: ThreescaleClient) {
    this.invoicesEpoch = client.invoicesEpoch
  }

  /**
   * @throws UpstreamNotFoundError when the list is one buyer's, and the tenant has no such buyer
   * @throws UpstreamTooLargeError when the page is to be read in parts
   */
  async invoicePage(question: InvoicePageQuestion): Promise<InvoicePage> {
    const key = JSON.stringify(question)
    const known = this.tooLarge.get(key)
    if (known) throw known
    try {
      const { value: page, ...provenance } = await this.client.listInvoices(question)
      return { pagination: page.pagination, invoices: page.invoices.map(sent => toInvoice(sent, provenance)) }
    } catch (error) {
      if (error instanceof UpstreamTooLargeError) this.tooLarge.set(key, error)
      throw error
    }
  }

  /** Null when the tenant has no such invoice, and when its buyer is not visible. */
  async invoice(id: string, isVisible: (buyerId: string) => boolean = () => true): Promise<Invoice | null> {
    const found = await orNull(this.client.getInvoice(id, ({ buyer }) => isVisible(buyer.id)))
    return found && toInvoice(found.value, found)
  }

  /** Null when the tenant has no such buyer, or has deleted it. */
  async account(id: string): Promise<BuyerAccount | null> {
    const found = await orNull(this.client.getAccount(id))
    return found && toBuyerAccount(found.value)
  }

  /** All attempts to charge an invoice, oldest first; `[]` when there is no such invoice. */
  async payments(invoiceId: string): Promise<readonly Payment[]> {
    return (await orNull(this.client.listPayments(invoiceId)))?.value.map(toPayment) ?? []
  }

  /** All buyers that are not deleted, by id. */
  accounts(): Promise<readonly BuyerAccount[]> {
    return readPages(page => this.accountPage(page))
  }

  /** One page of all buyers that are not deleted, by id. */
  async accountPage(page: number): Promise<wire.Page<BuyerAccount>> {
    const { value } = await this.client.listAccounts(page)
    return { ...value, items: value.items.map(toBuyerAccount) }
  }

  /** One page of all buyers' contracts. */
  async contractPage(page: number): Promise<wire.Page<Contract>> {
    const { value } = await this.client.listApplications(page)
    return { ...value, items: value.items.map(toContract) }
  }

  /** The contracts of one buyer; `[]` when it has none, or is deleted. */
  async contractsOf(buyerId: string): Promise<readonly Contract[]> {
    const found = await orNull(this.client.listApplicationsOf(buyerId))
    return found?.value.items.map(toContract) ?? []
  }

  /** Null when no application has this id: it may be a subscription, or be deleted. Null when its buyer is not visible, too. */
  async contract(id: string, isVisible: (buyerId: string) => boolean = () => true): Promise<Contract | null> {
    const found = await orNull(this.client.findApplication(id, one => isVisible(one.user_account_id)))
    return found && toContract(found.value)
  }

  /** The metrics and methods of all services. */
  metrics(): Promise<readonly Metric[]> {
    return readPages(async page => {
      const { value } = await this.client.listMetrics(page)
      return { ...value, items: value.items.map(toMetric) }
    })
  }

  /** The plans of all kinds. */
  async plans(): Promise<readonly Plan[]> {
    const kinds = ['application', 'service', 'account'] as const
    const lists = await Promise.all(kinds.map(kind => this.client.listPlans(kind)))
    return lists.flatMap(({ value }) => value.map(toPlan))
  }

  /** Checks that the server responds. @returns no warnings */
  async ping(): Promise<readonly string[]> {
    await this.client.ping()
    return []
  }

  /** The server's health as the last requests showed it. */
  health(): readonly UpstreamHealth[] {
    return [this.client.health()]
  }
}

/** The items of all pages of a list, read one after the other. */
async function readPages<T>(readPage: (page: number) => Promise<wire.Page<T>>): Promise<readonly T[]> {
  const items: T[] = []
  for (let page = 1, last = 1; page <= last; page++) {
    const { totalPages, items: more } = await readPage(page)
    items.push(...more)
    last = totalPages
  }
  return items
}

async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (error instanceof UpstreamNotFoundError) return null
    throw error
  }
}
