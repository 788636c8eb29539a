import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import type { Buyer, Provider } from '../../domain/party.js'
import type { InvoiceList } from '../../loaders/invoices.js'
import { listInvoicesOfBuyer } from '../../loaders/invoices.js'
import { loadBuyer, loadBuyerState, loadProvider } from '../../loaders/parties.js'
import type { Context } from '../context.js'
import { reportFailures } from '../errors/report-failures.js'
import { InvoiceConnectionType } from '../invoice/invoice-connection.type.js'
import { INVOICES_PER_PAGE, InvoicesArgs, todayOf, toInvoiceListQuestion } from '../invoice/invoices.args.js'
import { readGlobalId } from '../node/global-id.js'
import { CALLS_UPSTREAM, paged } from '../schema/query-cost.js'
import { BuyerType, ProviderType } from './party.type.js'

@Resolver(() => ProviderType)
export class ProviderResolver {
  @Directive('@cacheControl(maxAge: 60)')
  @Directive(CALLS_UPSTREAM)
  @Query(() => ProviderType, {
    nullable: true,
    description: 'A provider by id; null if it does not exist.',
  })
  provider(
    @Arg('id', () => ID, { description: 'A provider id, such as threescale:provider:4.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Provider | null> {
    const { source, nativeId } = readGlobalId('id', id, 'Provider')
    return loadProvider(loaders, source, nativeId)
  }
}

@Resolver(() => BuyerType)
export class BuyerResolver {
  @Directive(CALLS_UPSTREAM)
  @Query(() => BuyerType, {
    nullable: true,
    description: 'A buyer by id, a Catalyst project or a 3scale account; null if it does not exist.',
  })
  buyer(
    @Arg('id', () => ID, { description: 'A buyer id, such as threescale:buyer:71.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Buyer | null> {
    const { source, nativeId } = readGlobalId('id', id, 'Buyer')
    return loadBuyer(loaders, source, nativeId)
  }

  @Directive(CALLS_UPSTREAM)
  @FieldResolver(() => String, {
    nullable: true,
    description: 'State of the 3scale account, such as approved; null for projects and deleted buyers.',
  })
  state(@Root() buyer: Buyer, @Ctx() { loaders }: Context): Promise<string | null> {
    return loadBuyerState(loaders, buyer)
  }

  @Directive(CALLS_UPSTREAM)
  @Directive(paged(INVOICES_PER_PAGE))
  @FieldResolver(() => InvoiceConnectionType, { nullable: true, description: 'Invoices issued to the buyer.' })
  async invoices(
    @Root() buyer: Buyer,
    @Args(() => InvoicesArgs) args: InvoicesArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InvoiceList> {
    const question = toInvoiceListQuestion(args, todayOf(context.loaders))
    return reportFailures(context, info, await listInvoicesOfBuyer(context.loaders, buyer, question))
  }
}
