import 'reflect-metadata'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import {
  type DocumentNode,
  type GraphQLSchema,
  isInputObjectType,
  lexicographicSortSchema,
  parse,
  print,
  specifiedDirectives,
} from 'graphql'
import { buildSchema, createResolversMap } from 'type-graphql'
import {
  CostAllocationResolver,
  CustomerShareResolver,
  PoolShareResolver,
  SharedPoolResolver,
} from '../allocation/cost-allocation.resolver.js'
import { ContractResolver, LineItemDetailsResolver, PaymentsResolver } from '../contract/threescale-details.resolver.js'
import { CustomerResolver } from '../customer/customer.resolver.js'
import { CustomerCostResolver } from '../customer-cost/customer-cost.resolver.js'
import { CostOverTimeResolver } from '../economics/cost-over-time.resolver.js'
import { CustomerEconomicsResolver } from '../economics/customer-economics.resolver.js'
import { ForecastResolver } from '../economics/forecast.resolver.js'
import { ReconciliationResolver } from '../economics/reconciliation.resolver.js'
import { BillingDocumentResolver } from '../invoice/billing-document.resolver.js'
import { InvoiceResolver } from '../invoice/invoice.resolver.js'
import { InvoiceConnectionResolver } from '../invoice/invoice-connection.resolver.js'
import { LineItemResolver } from '../line-item/line-item.resolver.js'
import { MoneyResolver } from '../money/money.resolver.js'
import { serveEntities } from '../node/entities.js'
import { NodeResolver } from '../node/node.resolver.js'
import { BuyersResolver } from '../party/buyers.resolver.js'
import { BuyerResolver, ProviderResolver } from '../party/party.resolver.js'
import { QuotationResolver } from '../quotation/quotation.resolver.js'
import { RateLimitResolver } from '../rate-limit/rate-limit.resolver.js'
import { SourceStatusResolver } from '../source-status/source-status.resolver.js'
import { ProductResolver, UsageResolver } from '../usage/cloud-usage.resolver.js'
import { OnChargeResolver } from '../write/on-charge.resolver.js'
import { addQueryToPayloads, withQueryOfPayloads } from '../write/payload-query.js'
import { WriteResolver } from '../write/write.resolver.js'
import { WriteIntentResolver } from '../write/write-intent.resolver.js'
import { accessDirective } from './access-directives.js'
import { annotate } from './annotate.js'
import { audienceTag } from './audience.js'
import { cacheControlDirective } from './cache-hints.js'

/** Options of the schema. */
export interface SchemaOptions {
  /**
   * True adds the directives by which a router enforces access. The default is false, because not every router's composition
   * supports them.
   */
  readonly hasAccessDirectives?: boolean
}

const FEDERATION = 'https://specs.apollo.dev/federation/v2.9'
const DIRECTIVES = ['@key', '@shareable', '@tag', '@inaccessible', '@cost', '@listSize']
const ACCESS_DIRECTIVES = ['@authenticated', '@requiresScopes']

/** The sorted SDL of the subgraph: the content of `schema.graphql`. */
export async function printSchema(options: SchemaOptions = {}): Promise<string> {
  return `${print(toDocument(await buildDecorated(), options))}\n`
}

/** The executable schema: the decorated classes, rebuilt as a federation subgraph. */
export async function createSchema(options: SchemaOptions = {}): Promise<GraphQLSchema> {
  const decorated = await buildDecorated()
  const resolvers = withQueryOfPayloads(createResolversMap(decorated) as GraphQLResolverMap<unknown>)
  const schema = buildSubgraphSchema([{ typeDefs: toDocument(decorated, options), resolvers }])
  serveEntities(schema)
  markOneOf(schema, 'CustomerBy')
  return schema
}

/** Validates an input type as `@oneOf`. Routers' compositions do not know the directive, so that it must not be in the SDL. */
function markOneOf(schema: GraphQLSchema, name: string): void {
  const type = schema.getType(name)
  if (!isInputObjectType(type)) throw new TypeError(`the schema has no input type ${name}`)
  type.isOneOf = true
}

function buildDecorated(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      BillingDocumentResolver,
      BuyerResolver,
      BuyersResolver,
      ContractResolver,
      CostOverTimeResolver,
      CostAllocationResolver,
      CustomerCostResolver,
      CustomerEconomicsResolver,
      CustomerResolver,
      ForecastResolver,
      CustomerShareResolver,
      InvoiceConnectionResolver,
      InvoiceResolver,
      LineItemDetailsResolver,
      LineItemResolver,
      MoneyResolver,
      NodeResolver,
      PaymentsResolver,
      PoolShareResolver,
      ProductResolver,
      ProviderResolver,
      QuotationResolver,
      RateLimitResolver,
      ReconciliationResolver,
      SharedPoolResolver,
      SourceStatusResolver,
      UsageResolver,
      OnChargeResolver,
      WriteIntentResolver,
      WriteResolver,
    ],
    directives: [...specifiedDirectives, cacheControlDirective],
    // Arguments are validated where the error can name them.
    validate: false,
    // The complete schema is checked later.
    skipCheck: true,
  })
}

function toDocument(decorated: GraphQLSchema, { hasAccessDirectives = false }: SchemaOptions): DocumentNode {
  const directives = hasAccessDirectives ? [...DIRECTIVES, ...ACCESS_DIRECTIVES] : DIRECTIVES
  const link = `extend schema @link(url: "${FEDERATION}", import: ${JSON.stringify(directives)})`
  const document = parse(
    `${link}\n${addQueryToPayloads(printSchemaWithDirectives(lexicographicSortSchema(decorated)))}`,
  )
  return annotate(document, element => [
    ...audienceTag(element),
    ...(hasAccessDirectives ? accessDirective(element) : []),
  ])
}
