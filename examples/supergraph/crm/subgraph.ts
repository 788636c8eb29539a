import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { startStandaloneServer } from '@apollo/server/standalone'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { GraphQLError, parse } from 'graphql'
import type { Running } from '../running.ts'
import { type Customer, demoCustomers } from './customers.ts'

/** Options of the CRM. */
export interface CrmOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** Sorted by prefix; the demo's customers by default. */
  readonly customers?: readonly Customer[]
}

/** Schema of the CRM, also used for composition. */
export const crmSdl = readFileSync(new URL('crm.graphql', import.meta.url), 'utf8')

const MAX_FIRST = 100

/** Starts the CRM on loopback. */
export async function startCrm({ port = 0, customers = demoCustomers }: CrmOptions = {}): Promise<Running> {
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs: parse(crmSdl), resolvers: createResolvers(customers) }]),
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  })
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port } })
  return { url, [Symbol.asyncDispose]: () => server.stop() }
}

function createResolvers(customers: readonly Customer[]): GraphQLResolverMap<unknown> {
  const find = (prefix: string) => customers.find(customer => customer.prefix === prefix)
  return {
    Query: {
      crmCustomers: (_, { first, after }) => readPage(customers, first, after),
      knownCustomer: (_, { prefix }) => find(prefix) ?? null,
    },
    Customer: {
      // Any prefix is a customer to Billgraph. One unknown to the CRM has no name; null would remove its cost as well.
      __resolveReference: ({ prefix }) => find(prefix) ?? { prefix },
    },
  }
}

function readPage(customers: readonly Customer[], first: number, after?: string | null): readonly Customer[] {
  if (first < 0 || first > MAX_FIRST) {
    throw new GraphQLError(`first must be 0 to ${MAX_FIRST}, not ${first}`, { extensions: { code: 'BAD_USER_INPUT' } })
  }
  return customers.filter(({ prefix }) => prefix > (after ?? '')).slice(0, first)
}
