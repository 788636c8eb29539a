import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import type { Buyer, Provider } from '../../domain/party.js'
import type { InvoiceList } from '../../loaders/invoices.js'
import { listInvoicesOfBuyer } from '../../loaders/invoices.js'
import { loadBuyer, loadBuyerState, loadProvider } from '../../loaders/parties.js'
import type { Context } from '../context.js'
import { reportFailures } from '../errors/report-failures.js'
import { InvoiceConnectionType } from '../invoice/invoice-connection.type.js'
import { INVOICES_PER_PAGE, InvoicesArgs, toInvoiceListQuestion } from '../invoice/invoices.args.js'
import { readGlobalId } from '../node/global-id.js'
import { ASKS_UPSTREAM, paged } from '../schema/query-cost.js'
import { BuyerType, ProviderType } from './party.type.js'

@Resolver(() => ProviderType)
export class ProviderResolver {
  @Directive('@cacheControl(maxAge: 60)')
  @Directive(ASKS_UPSTREAM)
  @Query(() => ProviderType, {
    nullable: true,
    description: 'An issuer of bills by its id; null when there is none such.',
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
  @Directive(ASKS_UPSTREAM)
  @Query(() => BuyerType, {
    nullable: true,
    description: 'A project or buyer account by its id; null when there is none such.',
  })
  buyer(
    @Arg('id', () => ID, { description: 'A buyer id, such as threescale:buyer:71.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Buyer | null> {
    const { source, nativeId } = readGlobalId('id', id, 'Buyer')
    return loadBuyer(loaders, source, nativeId)
  }

  @Directive(ASKS_UPSTREAM)
  @FieldResolver(() => String, {
    nullable: true,
    description: "3scale's own word for the account's state, such as approved; null for a project and a deleted buyer.",
  })
  state(@Root() buyer: Buyer, @Ctx() { loaders }: Context): Promise<string | null> {
    return loadBuyerState(loaders, buyer)
  }

  @Directive(ASKS_UPSTREAM)
  @Directive(paged(INVOICES_PER_PAGE))
  @FieldResolver(() => InvoiceConnectionType, { nullable: true, description: 'What this buyer was billed.' })
  async invoices(
    @Root() buyer: Buyer,
    @Args(() => InvoicesArgs) args: InvoicesArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InvoiceList> {
    const question = toInvoiceListQuestion(args)
    return reportFailures(context, info, await listInvoicesOfBuyer(context.loaders, buyer, question))
  }
}
