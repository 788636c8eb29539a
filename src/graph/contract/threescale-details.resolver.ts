import type { GraphQLResolveInfo } from 'graphql'
import { Ctx, Directive, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { Contract, Plan } from '../../domain/contract.js'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import type { Metric } from '../../domain/metric.js'
import type { Buyer } from '../../domain/party.js'
import type { Payment } from '../../domain/payment.js'
import { loadBuyer } from '../../loaders/parties.js'
import { loadContractOf, loadMetricOf, loadPayments, loadPlanOf } from '../../loaders/threescale/line-item-details.js'
import type { Context } from '../context.js'
import { nullWhereDenied } from '../errors/null-where-denied.js'
import { InvoiceType } from '../invoice/invoice.type.js'
import { LineItemType } from '../line-item/line-item.type.js'
import { BuyerType } from '../party/party.type.js'
import { ASKS_UPSTREAM, listOf } from '../schema/query-cost.js'
import { ContractType, MetricType, PaymentType, PlanType } from './threescale-details.type.js'

@Resolver(() => InvoiceType)
export class PaymentsResolver {
  @Directive(ASKS_UPSTREAM)
  @Directive(listOf(3))
  @FieldResolver(() => [PaymentType], {
    nullable: true,
    description: 'Attempts to charge the invoice, oldest first; empty for Catalyst invoices.',
  })
  payments(@Root() invoice: Invoice, @Ctx() { loaders }: Context): Promise<readonly Payment[]> {
    return loadPayments(loaders, invoice)
  }
}

@Resolver(() => LineItemType)
export class LineItemDetailsResolver {
  @FieldResolver(() => MetricType, {
    nullable: true,
    description: 'The metric that was billed (3scale); null if it was deleted or belongs to a backend.',
  })
  metric(@Root() line: LineItem, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Metric | null> {
    return nullWhereDenied(context, info, loadMetricOf(context.loaders, line))
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'The contract that was billed (3scale); null if it was deleted or is not an application.',
  })
  contract(
    @Root() line: LineItem,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Contract | null> {
    return nullWhereDenied(context, info, loadContractOf(context.loaders, line))
  }

  @FieldResolver(() => PlanType, {
    nullable: true,
    description: 'The plan that was billed (3scale); null if it was deleted.',
  })
  plan(@Root() line: LineItem, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Plan | null> {
    return nullWhereDenied(context, info, loadPlanOf(context.loaders, line))
  }
}

@Resolver(() => ContractType)
export class ContractResolver {
  @Directive(ASKS_UPSTREAM)
  @FieldResolver(() => BuyerType, { nullable: true, description: 'The buyer of the contract.' })
  buyer(@Root() contract: Contract, @Ctx() { loaders }: Context): Promise<Buyer | null> {
    return loadBuyer(loaders, 'THREESCALE', contract.buyerId)
  }
}
