import { accountId, contractId } from './marked-buyers.js'
import { markedTenant } from './marked-tenant.js'
import { NO_BUYER, NO_PROJECT } from './universe.js'

/** A query that can be sent about a foreign record and about a missing one. */
export interface ForeignOrMissingQuery {
  readonly query: string
  readonly foreign: Variables
  readonly missing: Variables
}

type Variables = Readonly<Record<string, string>>

const LIST = 'totalCount unavailable nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
const COST = 'basis total { net { amount } } buyer { id } notices { code } asOf lineItems { totalCount }'

const BY_ID = `query ($id: ID!, $type: String!) {
  node(id: $id) { __typename id }
  nodes(ids: [$id, $id]) { __typename id }
  _entities(representations: [{ __typename: $type, id: $id }]) { __typename }
}`

const BUYER = `query ($buyer: ID!, $native: String!, $source: String!, $invoice: ID!, $cursor: String!) {
  buyer(id: $buyer) { name state invoices { ${LIST} } }
  invoices(filter: { buyerId: $buyer }) { ${LIST} }
  invoice(id: $invoice) { id total { net { amount } } buyer { name invoices { totalCount } } payments { id } }
  _entities(representations: [{ __typename: "Buyer", source: $source, nativeId: $native }]) { __typename }
  buyers(after: $cursor) { totalCount }
}`

const SEARCH = `query ($name: String!, $number: String!) {
  buyers(filter: { nameContains: $name }) { totalCount nodes { id } }
  invoices(filter: { number: $number }) { ${LIST} }
}`

const PROJECT = `query ($project: ID!, $prefix: String!) {
  closed: customerCost(projectId: $project, prefix: $prefix, month: "2026-08") { ${COST} }
  newest: customerCost(projectId: $project, prefix: $prefix) { ${COST} }
  running: customerCost(projectId: $project, prefix: $prefix, month: "2026-11") { ${COST} }
  customer(prefix: "cu-1") { cost(projectId: $project, match: SEGMENT) { ${COST} } }
  quotation(projectId: $project) { total { net { amount } } }
  inRegion: quotation(projectId: $project, regions: ["nz-por-1"]) { total { net { amount } } }
  credits(projectId: $project) { code }
  measurements(projectId: $project, from: "2026-11-01") { resourceId }
}`

/** Every query about a foreign buyer. */
export function queriesAboutBuyer(buyer: number): readonly ForeignOrMissingQuery[] {
  const [foreign, missing] = [idsOfBuyer(buyer), idsOfBuyer(NO_BUYER)]
  return [
    ...byId(foreign, missing, { invoice: 'Invoice', line: 'LineItem', payment: 'Payment', contract: 'Contract' }),
    ...byId(foreign, missing, { buyer: 'Buyer' }),
    { query: BUYER, foreign: select(foreign), missing: select(missing) },
    {
      query: SEARCH,
      foreign: { name: `by${buyer}`, number: `*${buyer}` },
      missing: { name: `by${NO_BUYER}`, number: `*${NO_BUYER}` },
    },
  ]
}

/** Every query about a foreign project. */
export function queriesAboutProject(project: number, prefix: string): readonly ForeignOrMissingQuery[] {
  const [foreign, missing] = [idsOfProject(project), idsOfProject(NO_PROJECT)]
  return [
    ...byId(foreign, missing, { invoice: 'Invoice', line: 'LineItem', quoted: 'LineItem', buyer: 'Buyer' }),
    { query: BUYER, foreign: select(foreign), missing: select(missing) },
    ...[prefix, ''].map(one => ({
      query: PROJECT,
      foreign: { project: `pj${project}`, prefix: one },
      missing: { project: `pj${NO_PROJECT}`, prefix: one },
    })),
  ]
}

function byId(foreign: Variables, missing: Variables, kinds: Variables): readonly ForeignOrMissingQuery[] {
  return Object.entries(kinds).map(([name, type]) => ({
    query: BY_ID,
    foreign: { id: foreign[name] ?? '', type },
    missing: { id: missing[name] ?? '', type },
  }))
}

function select({ buyer = '', native = '', source = '', invoice = '', cursor = '' }: Variables): Variables {
  return { buyer, native, source, invoice, cursor }
}

function idsOfBuyer(buyer: number): Variables {
  const tenant = markedTenant()
  const { id, lineItems } = tenant.invoices.find(one => one.buyerId === accountId(buyer)) ?? {
    id: 77_000 + buyer,
    lineItems: [],
  }
  const payment = tenant.paymentTransactions.find(one => one.buyerId === accountId(buyer))
  const account = `threescale:buyer:${accountId(buyer)}`
  return {
    invoice: `threescale:invoice:${id}`,
    line: `threescale:line-item:${id}:${lineItems[0]?.id ?? 888_000 + buyer}`,
    payment: `threescale:payment:${payment?.invoiceId ?? id}:${payment?.id ?? 9_999_000 + buyer}`,
    contract: `threescale:contract:${contractId(buyer)}`,
    buyer: account,
    native: String(accountId(buyer)),
    source: 'THREESCALE',
    cursor: Buffer.from(account).toString('base64url'),
  }
}

function idsOfProject(project: number): Variables {
  const id = `pj${project}`
  return {
    invoice: `catalyst:invoice:${id}:2026-08-31`,
    line: `catalyst:line-item:${id}:2026-08-31:0`,
    quoted: `catalyst:line-item:${id}:quotation-2026-11-22:nz-por-1:0`,
    buyer: `catalyst:buyer:${id}`,
    native: id,
    source: 'CATALYST',
    cursor: Buffer.from(`catalyst:buyer:${id}`).toString('base64url'),
  }
}
