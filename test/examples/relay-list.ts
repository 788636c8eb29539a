import {
  type ConcreteRequest,
  type Environment,
  fetchQuery,
  getSelector,
  type ReaderFragment,
  type Variables,
} from 'relay-runtime'
import { loadFragment, loadRequest } from './relay-artifacts.js'

/** A connection in Relay's store: all pages so far in one. */
export interface Connection {
  readonly totalCount: number | null
  readonly edges: readonly { readonly node: { readonly id: string } }[]
  readonly pageInfo: {
    readonly startCursor: string | null
    readonly endCursor: string | null
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
  }
}

/** A paginated list of the example: its fragment, its page query and the query's other variables. */
export interface RelayList {
  readonly fragment: ReaderFragment
  readonly query: ConcreteRequest
  readonly variables: Variables
}

export async function loadList(fragment: string, query: string, variables: Variables): Promise<RelayList> {
  return { fragment: await loadFragment(fragment), query: await loadRequest(query), variables }
}

/** Reads all pages from the start, `size` items each, like `loadNext`. */
export async function readForward(environment: Environment, list: RelayList, size: number): Promise<Connection> {
  let read = await readPage(environment, list, { first: size })
  while (read.pageInfo.hasNextPage) {
    read = await readPage(environment, list, { first: size, after: read.pageInfo.endCursor })
  }
  return read
}

/** Reads all pages from the end, `size` items each, like `loadPrevious`. */
export async function readBackward(environment: Environment, list: RelayList, size: number): Promise<Connection> {
  let read = await readPage(environment, list, { first: null, last: size })
  while (read.pageInfo.hasPreviousPage) {
    read = await readPage(environment, list, { first: null, last: size, before: read.pageInfo.startCursor })
  }
  return read
}

async function readPage(environment: Environment, list: RelayList, page: Variables): Promise<Connection> {
  const variables = { after: null, last: null, before: null, ...list.variables, ...page }
  const result: unknown = await fetchQuery(environment, list.query, variables).toPromise()
  const { refetch, connection } = list.fragment.metadata ?? {}
  const selector = getSelector(list.fragment, at(result, refetch?.fragmentPathInResult ?? []))
  if (selector?.kind !== 'SingularReaderSelector') throw new Error(`${list.fragment.name} is not part of the response`)
  return at(environment.lookup(selector).data, connection?.[0]?.path ?? []) as Connection
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown> | null)?.[key], value)
}
