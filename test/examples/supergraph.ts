import { startApolloGateway } from '../../examples/supergraph/apollo-gateway.ts'
import { compose } from '../../examples/supergraph/compose.ts'
import { type Customer, demoCustomers } from '../../examples/supergraph/crm/customers.ts'
import { startCrm } from '../../examples/supergraph/crm/subgraph.ts'
import { startHiveGateway } from '../../examples/supergraph/hive-gateway.ts'
import type { TestGateway } from '../gateway.js'

/** A router's response. */
export interface SupergraphAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[]
}

/** The CRM and a router in front of a gateway. */
export interface TestSupergraph extends AsyncDisposable {
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<SupergraphAnswer>
}

/** Hive Gateway is not in the main lockfile: `.ci/hive` installs it and runs these tests again with it. */
const startRouter = process.env.SUPERGRAPH_ROUTER === 'hive' ? startHiveGateway : startApolloGateway

/** Starts the CRM, with the demo's customers by default, and a router. */
export async function startSupergraph(
  { url }: TestGateway,
  customers: readonly Customer[] = demoCustomers,
): Promise<TestSupergraph> {
  await using parts = new AsyncDisposableStack()
  const crm = parts.use(await startCrm({ customers }))
  const router = parts.use(await startRouter(compose({ billgraph: `${url}/graphql`, crm: crm.url })))
  const owned = parts.move()
  return {
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch(router.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      })
      return (await response.json()) as SupergraphAnswer
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The net amount of a customer's cost, as these tests select it. */
export function netCost(amount: string): object {
  return { cost: { total: { net: { amount } } } }
}
