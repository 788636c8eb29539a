import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Invoice } from '../../domain/invoice.js'
import { loadInvoice } from '../../loaders/invoices.js'
import type { WriteIntent } from '../../writes/intent.js'
import type { Context } from '../context.js'
import { InvoiceType } from '../invoice/invoice.type.js'
import { CALLS_UPSTREAM } from '../schema/query-cost.js'
import { DateTimeScalar } from '../schema/scalars.js'
import { WriteIntentType } from './write.type.js'

@Resolver(() => WriteIntentType)
export class WriteIntentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it was refused or is in doubt, or what a person has to decide; null if there is nothing to say.',
  })
  message(@Root() { refusal, note }: WriteIntent): string | null {
    return refusal?.message ?? note
  }

  @Directive(CALLS_UPSTREAM)
  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: 'The invoice that it writes to, or has created; null if there is none, or the caller may not see it.',
  })
  async invoice(@Root() { input, result }: WriteIntent, @Ctx() { loaders }: Context): Promise<Invoice | null> {
    const id = input.operation === 'createInvoice' ? result?.invoiceId : input.invoiceId
    return id === undefined ? null : loadInvoice(loaders, 'THREESCALE', id)
  }

  @Directive(CALLS_UPSTREAM)
  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      "Until when a charge whose outcome is not known must be decided: from the invoice's due date on, 3scale's own job may charge it again. Null for any other write, and without a due date.",
  })
  async deadline(@Root() intent: WriteIntent, @Ctx() context: Context): Promise<string | null> {
    const isOpen = intent.operation === 'chargeInvoice' && ['SENT', 'IN_DOUBT', 'INCIDENT'].includes(intent.state)
    const invoice = isOpen ? await this.invoice(intent, context) : null
    // Due dates are in UTC.
    return invoice?.dueOn ? `${invoice.dueOn}T00:00:00.000Z` : null
  }
}
