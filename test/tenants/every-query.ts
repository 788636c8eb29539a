import { everyId, type IdKind, NO_PROJECT } from './universe.js'

/** The queries that show everything one root field returns to a caller. */
export interface QueryWalk {
  /** Documents, each sent once. */
  readonly queries: readonly string[]
  /** The response's data as words, one per record; none for missing records. */
  seen(data: Readonly<Record<string, unknown>>): readonly string[]
  /** True when a project that is not granted as a whole is an error (NOT_FOUND), or a missing scope is (FORBIDDEN). */
  readonly isRefused?: true
}

const IDS = everyId()
const ALL = Object.values(IDS).flat()
const PROJECTS = [1, 2, 3, 4, 5, NO_PROJECT].map(project => `pj${project}`)
const BATCH = 50

/** Every root field of the schema, with every record it can be queried for. */
export const EVERY_QUERY: Readonly<Record<string, QueryWalk>> = {
  _entities: {
    queries: batches(ALL).map(ids => `{ _entities(representations: [${ids.map(reference)}]) { ${anyId()} } }`),
    seen: data => wordsIn(data._entities),
  },
  _service: { queries: ['{ _service { sdl } }'], seen: () => ['the schema'] },
  buyer: byId('buyer', IDS.Buyer, 'id'),
  buyers: {
    queries: ['{ buyers(first: 100) { totalCount nodes { id } edges { node { id } } } }'],
    seen: data => [`${(data.buyers as { totalCount: number }).totalCount} in all`, ...new Set(wordsIn(data.buyers))],
  },
  costAllocation: {
    ...byProject('costAllocation', 'month: "2026-08"', 'unallocated { net { amount } }', wordsIn),
    isRefused: true,
  },
  costOverTime: byProject(
    'costOverTime',
    'from: "2026-08", to: "2026-09"',
    'state amount { net { amount currencyCode } }',
    data => Object.values(data).flatMap(months => (months === null ? [] : [wordsIn(months).join(' ')])),
  ),
  credits: byProject('credits', '', 'code', wordsIn),
  customer: byArgument(
    'customer',
    'prefix',
    ['cu-1', 'cu-10', 'cu-99'],
    'prefix cost(projectId: "pj5") { asOf }',
    wordsIn,
  ),
  customers: {
    queries: ['{ customers(first: 100) { totalCount nodes { key claims { prefix } buyers { id } } } }'],
    seen: data => [`${(data.customers as { totalCount: number }).totalCount} in all`, ...wordsIn(data.customers)],
  },
  customerCost: costs(['cu-1', 'cu-10', ''], ['2026-08', '2026-11']),
  incidents: { queries: ['{ incidents { key } }'], seen: wordsIn, isRefused: true },
  invoice: byId('invoice', IDS.Invoice, 'id'),
  invoices: {
    queries: ['{ invoices(first: 100) { totalCount nodes { id lineItems { nodes { id } } payments { id } } } }'],
    seen: data => [`${(data.invoices as { totalCount: number }).totalCount} in all`, ...wordsIn(data.invoices)],
  },
  measurements: byProject('measurements', 'from: "2026-11-01"', 'resourceId', wordsIn),
  node: byId('node', ALL, 'id'),
  nodes: {
    queries: batches(ALL).map(ids => `{ nodes(ids: ${JSON.stringify(ids)}) { id } }`),
    seen: data => wordsIn(data.nodes),
  },
  products: { queries: ['{ products { name region } }'], seen: data => wordsIn(data.products) },
  provider: byId('provider', IDS.Provider, 'id name'),
  quotation: byProject('quotation', '', 'total { net { amount } }', wordsIn),
  rateLimit: { queries: ['{ rateLimit { limit cost remaining resetAt } }'], seen: wordsIn },
  reconciliation: {
    queries: [
      '{ reconciliation(month: "2026-08") { customers { customer { key } cost { amount } billed { amount } gaps } } }',
    ],
    seen: data => wordsIn(data.reconciliation),
  },
  writeIntent: { queries: ['{ writeIntent(key: "key-of-another-caller") { key } }'], seen: wordsIn, isRefused: true },
  sources: { queries: ['{ sources { source message } }'], seen: data => wordsIn(data.sources) },
}

function byId(field: string, ids: readonly string[], selection: string): QueryWalk {
  return {
    queries: batches(ids).map(some => `{ ${some.map((id, at) => `n${at}: ${field}(id: "${id}") { ${selection} }`)} }`),
    seen: wordsIn,
  }
}

function byProject(field: string, more: string, selection: string, seen: QueryWalk['seen']): QueryWalk {
  const one = (project: string) => `${field}_${project}: ${field}(projectId: "${project}" ${more}) { ${selection} }`
  return { queries: [`{ ${PROJECTS.map(one)} unnamed: ${field}${more ? `(${more})` : ''} { ${selection} } }`], seen }
}

function byArgument(
  field: string,
  argument: string,
  values: readonly string[],
  selection: string,
  seen: QueryWalk['seen'],
): QueryWalk {
  const one = (value: string, at: number) => `n${at}: ${field}(${argument}: "${value}") { ${selection} }`
  return { queries: [`{ ${values.map(one)} }`], seen }
}

function costs(prefixes: readonly string[], months: readonly string[]): QueryWalk {
  const selection =
    'prefix period { month } buyer { id name } invoices { id } total { net { amount } } lineItems { nodes { name } }'
  const one = (project: string, prefix: string, month: string) =>
    `customerCost(projectId: "${project}", prefix: "${prefix}", month: "${month}") { ${selection} }`
  const all = PROJECTS.flatMap(project => prefixes.flatMap(prefix => months.map(month => one(project, prefix, month))))
  return {
    queries: [`{ ${all.map((text, at) => `n${at}: ${text}`)} unnamed: customerCost(prefix: "cu-1") { ${selection} } }`],
    seen: data => Object.values(data).flatMap(cost => (cost === null ? [] : [wordsIn(cost).join(' ')])),
  }
}

function reference(id: string): string {
  const kind = (Object.keys(IDS) as IdKind[]).find(one => IDS[one].includes(id))
  return `{ __typename: "${kind}", id: "${id}" }`
}

function anyId(): string {
  return Object.keys(IDS)
    .map(kind => `... on ${kind} { id }`)
    .join(' ')
}

function batches(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, at) => ids.slice(at * BATCH, (at + 1) * BATCH))
}

/** Every text of the value, in order. */
function wordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}
