import 'reflect-metadata'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { type GraphQLSchema, lexicographicSortSchema, parse, specifiedDirectives } from 'graphql'
import { buildSchema, createResolversMap } from 'type-graphql'
import { BillingDocumentResolver } from './billing-document.resolver.js'
import { BuyersResolver } from './buyers.resolver.js'
import { cacheControlDirective } from './cache-hints.js'
import { ProductResolver, UsageResolver } from './cloud-usage.resolver.js'
import { CustomerCostResolver } from './customer-cost.resolver.js'
import { serveEntities } from './entities.js'
import { InvoiceResolver } from './invoice.resolver.js'
import { InvoiceConnectionResolver } from './invoice-connection.resolver.js'
import { LineItemResolver } from './line-item.resolver.js'
import { MoneyResolver } from './money.resolver.js'
import { NodeResolver } from './node.resolver.js'
import { BuyerResolver, ProviderResolver } from './party.resolver.js'
import { QuotationResolver } from './quotation.resolver.js'
import { SourceStatusResolver } from './source-status.resolver.js'
import { ContractResolver, LineItemDetailsResolver, PaymentsResolver } from './threescale-details.resolver.js'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`

/** The subgraph's SDL, sorted: what `schema.graphql` holds, and what the served schema is built from. */
export async function printSchema(): Promise<string> {
  return toSdl(await buildDecorated())
}

/** The schema that is served: the decorated classes, rebuilt as a federation subgraph. */
export async function createSchema(): Promise<GraphQLSchema> {
  const decorated = await buildDecorated()
  const resolvers = createResolversMap(decorated) as GraphQLResolverMap<unknown>
  const schema = buildSubgraphSchema([{ typeDefs: parse(toSdl(decorated)), resolvers }])
  serveEntities(schema)
  return schema
}

function buildDecorated(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      BillingDocumentResolver,
      BuyerResolver,
      BuyersResolver,
      ContractResolver,
      CustomerCostResolver,
      InvoiceConnectionResolver,
      InvoiceResolver,
      LineItemDetailsResolver,
      LineItemResolver,
      MoneyResolver,
      NodeResolver,
      PaymentsResolver,
      ProductResolver,
      ProviderResolver,
      QuotationResolver,
      SourceStatusResolver,
      UsageResolver,
    ],
    directives: [...specifiedDirectives, cacheControlDirective],
    // Arguments are checked where the error can name them.
    validate: false,
    // The served schema is checked, once it is complete.
    skipCheck: true,
  })
}

function toSdl(decorated: GraphQLSchema): string {
  return `${LINK}\n\n${printSchemaWithDirectives(lexicographicSortSchema(decorated)).trim()}\n`
}
