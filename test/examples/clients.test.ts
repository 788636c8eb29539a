import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CombinedGraphQLErrors } from '@apollo/client'
import { isInterfaceType, isObjectType } from 'graphql'
import { ClientError } from 'graphql-request'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApolloClient } from '../../examples/clients/src/apollo.js'
import { costOfCustomer, invoiceList, invoiceNet } from '../../examples/clients/src/documents.js'
import { createRequestClient } from '../../examples/clients/src/graphql-request.js'
import { toProblem } from '../../examples/clients/src/problem.js'
import { possibleTypes, typePolicies } from '../../examples/clients/src/type-policies.js'
import { createUrqlClient } from '../../examples/clients/src/urql.js'
import { BUILD_MS, type BuiltProgram, buildProgram, type GatewayProcess, startBuilt } from '../built-program.js'
import { clientSchema, listConnections } from './client-graph.js'

const WCC = { prefix: 'customer-wcc', month: '2017-07' }
const WRONG = { prefix: 'customer-wcc', month: 'July' }

let program: BuiltProgram
let gateway: GatewayProcess
let url: string

beforeAll(async () => {
  program = await buildProgram()
  gateway = await startBuilt(program, {})
  url = `${gateway.address}/graphql`
}, BUILD_MS)
afterAll(async () => {
  await gateway?.end()
})

describe('Apollo Client', () => {
  it('appends the next page to the list in its cache', async () => {
    const client = createApolloClient(url)
    const list = client.watchQuery({ query: invoiceList, variables: { first: 3 } })
    const subscription = list.subscribe(() => {})
    const { data: first } = await list.refetch()
    const after = first?.invoices?.pageInfo.endCursor ?? null
    await list.fetchMore({ variables: { after } })
    subscription.unsubscribe()
    const edges = client.readQuery({ query: invoiceList, variables: { first: 3 } })?.invoices?.edges ?? []
    expect(edges).toHaveLength(6)
    const { data: both } = await createApolloClient(url).query({ query: invoiceList, variables: { first: 6 } })
    expect(edges.map(edge => edge?.node?.id)).toEqual(both?.invoices?.edges?.map(edge => edge?.node?.id))
    client.stop()
  })

  it('keeps the gross of an invoice when another query asks for its net', async () => {
    const client = createApolloClient(url)
    const variables = { first: 1 }
    const { data } = await client.query({ query: invoiceList, variables })
    const node = data?.invoices?.edges[0]?.node
    const { data: other } = await client.query({ query: invoiceNet, variables: { id: node?.id ?? '' } })
    expect(other?.invoice?.total.net.amount).toMatch(/^-?\d+\.\d+$/)
    expect(client.readQuery({ query: invoiceList, variables })?.invoices?.edges[0]?.node).toEqual(node)
    expect(client.cache.extract()).toMatchObject({ [`Invoice:${node?.id}`]: { total: { net: {}, gross: {} } } })
    client.stop()
  })

  it('says by code what is wrong, beside the data', async () => {
    const { data, error } = await createApolloClient(url).query({ query: costOfCustomer, variables: WRONG })
    expect(data).toEqual({ customerCost: null })
    expect(CombinedGraphQLErrors.is(error) && toProblem(error.errors[0])).toMatchObject({
      code: 'BAD_USER_INPUT',
      requestId: expect.any(String),
    })
  })
})

describe("Apollo Client's type policies", () => {
  it('page every connection of the graph, and merge every part without an id', () => {
    const paged = Object.entries(typePolicies).flatMap(([type, { fields = {} }]) =>
      Object.keys(fields).map(field => `${type}.${field}`),
    )
    expect(paged.toSorted()).toEqual(listConnections())
    const merged = Object.entries(typePolicies).flatMap(([type, { merge }]) => (merge === true ? [type] : []))
    expect(merged.toSorted()).toEqual(partsOfTheGraph())
  })

  it('name the types behind every interface', () => {
    const interfaces = Object.values(clientSchema.getTypeMap()).filter(isInterfaceType)
    const all = interfaces.map(type => [
      type.name,
      clientSchema
        .getPossibleTypes(type)
        .map(({ name }) => name)
        .sort(),
    ])
    expect(possibleTypes).toEqual(Object.fromEntries(all))
  })
})

describe('urql', () => {
  it('reads a customer by POST', async () => {
    const { data, error } = await createUrqlClient(url).query(costOfCustomer, WCC)
    expect(error).toBeUndefined()
    expect(data?.customerCost?.total.net).toEqual({ __typename: 'Money', amount: '81.69', currencyCode: 'NZD' })
  })

  it('says by code what is wrong', async () => {
    const { data, error } = await createUrqlClient(url).query(costOfCustomer, WRONG)
    expect(data).toEqual({ customerCost: null })
    expect(toProblem(error?.graphQLErrors[0])).toMatchObject({ code: 'BAD_USER_INPUT' })
  })
})

describe('graphql-request', () => {
  it('reads a customer with typed variables and data', async () => {
    const { customerCost } = await createRequestClient(url).request(costOfCustomer, WCC)
    expect(customerCost?.total.net).toEqual({ amount: '81.69', currencyCode: 'NZD' })
    expect(customerCost?.lineItems?.totalCount).toBe(7)
  })

  it('throws the errors of a refused document, with their codes', async () => {
    const refused = await createRequestClient(url)
      .request('{ nothing }')
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ClientError)
    expect(toProblem((refused as ClientError).response.errors?.[0])).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
    })
  })
})

describe('curl', () => {
  it('reads a customer with variables in the body', async () => {
    const query =
      'query ($prefix: String!, $month: YearMonth) { customerCost(prefix: $prefix, month: $month) { total { net { amount } } } }'
    const body = JSON.stringify({ query, variables: WCC })
    const { stdout } = await promisify(execFile)('curl', [
      '-s',
      url,
      '-H',
      'content-type: application/json',
      '-d',
      body,
    ])
    expect(JSON.parse(stdout)).toEqual({ data: { customerCost: { total: { net: { amount: '81.69' } } } } })
  })
})

/** Types without an id that a field holds directly: those in lists are replaced as a whole. */
function partsOfTheGraph(): readonly string[] {
  const types = Object.values(clientSchema.getTypeMap()).filter(isObjectType)
  const parts = types
    .filter(({ name }) => name !== 'Mutation' && !/(Payload|Connection|Edge)$/.test(name) && !name.startsWith('__'))
    .flatMap(type => Object.values(type.getFields()))
    .map(({ type }) => clientSchema.getType(String(type).replace(/!$/, '')))
    .filter(isObjectType)
    .filter(type => !type.getFields().id && !/(Connection|PageInfo)$/.test(type.name))
  return [...new Set(parts.map(({ name }) => name))].toSorted()
}
