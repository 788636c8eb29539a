import type { Invoice } from '../../domain/invoice.js'
import type { BuyerAccount } from '../../domain/party.js'
import { UpstreamNotFoundError } from '../errors.js'
import type { UpstreamHealth } from '../http.js'
import type { InvoicePageQuestion, ThreescaleClient } from './client.js'
import { toBuyerAccount, toInvoice } from './mapping.js'
import type * as wire from './wire.js'

/** One page of a list of invoices. */
export interface InvoicePage {
  readonly pagination: wire.Pagination
  readonly invoices: readonly Invoice[]
}

/** All that is asked of 3scale, in the domain's terms. */
export class ThreescaleBilling {
  constructor(private readonly client: ThreescaleClient) {}

  /** @throws UpstreamNotFoundError when one buyer's list is asked for and the tenant has no such buyer */
  async invoicePage(question: InvoicePageQuestion): Promise<InvoicePage> {
    const { answer, asOf } = await this.client.listInvoices(question)
    return { pagination: answer.pagination, invoices: answer.invoices.map(sent => toInvoice(sent, asOf)) }
  }

  /** Null when the tenant has no such invoice. */
  async invoice(id: string): Promise<Invoice | null> {
    const answered = await orNull(this.client.getInvoice(id))
    return answered && toInvoice(answered.answer, answered.asOf)
  }

  /** Null when the tenant has no such buyer, or has it no more. */
  async account(id: string): Promise<BuyerAccount | null> {
    const answered = await orNull(this.client.getAccount(id))
    return answered && toBuyerAccount(answered.answer)
  }

  /** Asks for next to nothing, to see whether anybody answers. */
  async ping(): Promise<readonly string[]> {
    await this.client.ping()
    return []
  }

  /** What is known without asking. */
  health(): readonly UpstreamHealth[] {
    return [this.client.health()]
  }
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof UpstreamNotFoundError) return null
    throw error
  }
}
