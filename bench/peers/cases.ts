import { addMonths } from '../../src/domain/period.js'
import { BUYERS, billDateOf, billedMonth, type KeyRange, PROJECTS, projectIdOf } from './data.js'
import type { Operation } from './load.js'
import type { PeerName } from './servers.js'

/** The gateway against some peers, on one kind of operation. */
export interface Case {
  /** Selects it on the command line. */
  readonly id: string
  readonly title: string
  readonly operation: Operation
  /** Settings of the gateway that differ from its defaults. */
  readonly settings: Readonly<Record<string, string>>
  readonly peers: readonly PeerName[]
  readonly peerOperation: Operation
  readonly connections: number
  readonly goals: readonly Goal[]
}

/** Minimum of a peer's CPU per request in multiples of the gateway's. */
export interface Goal {
  /** Number in the issue that asks for it. */
  readonly number: number
  readonly peer: PeerName
  readonly ratio: number
}

const NO_CACHE = { CACHE: 'off' }

const OUR_NODES =
  '{ nodes { id state total { gross { amount } } buyer { name } lineItems(first: 4) { nodes { name cost { net { amount } } } } } }'
const OUR_INVOICES = `query($key: ID!) { invoices(first: 20, filter: { buyerId: $key, source: THREESCALE }) ${OUR_NODES} }`
const PEER_INVOICES =
  'query($key: ID!) { invoices(buyerId: $key) { id state cost buyer { name } lineItems { name cost } } }'
const OUR_BILL =
  'query($key: ID!) { invoice(id: $key) { total { net { amount } } lineItems(first: 100) { nodes { resource { name } cost { net { amount } } } } } }'
const PEER_BILL = 'query($key: ID!) { bill(projectId: $key) { total lines(first: 100) { name cost } } }'

/** All cases. `now` decides the month of the bills. */
export function createCases(now: Date): readonly Case[] {
  const invoices = (range: KeyRange, query: string): Pick<Case, 'operation' | 'peerOperation'> => ({
    operation: { ...range, query, form: 'threescale:buyer:%d' },
    peerOperation: { ...range, query: PEER_INVOICES, form: '%d' },
  })
  const pages = invoices(BUYERS.page, OUR_INVOICES)
  const bills = (range: KeyRange): Pick<Case, 'operation' | 'peerOperation'> => ({
    operation: { ...range, query: OUR_BILL, form: `catalyst:invoice:%032x:${billDateOf(now)}` },
    peerOperation: { ...range, query: PEER_BILL, form: '%032x' },
  })
  const billPeers: readonly PeerName[] = ['tutorialJson', 'mercurius']
  const project = projectIdOf(PROJECTS.lines1000.first)
  // Every prefix is new. The first thousand have a line each.
  const prefixes = { first: 0, count: 1_000_000, bodies: 1, form: 'customer-%06d' }
  return [
    {
      id: 'xml',
      title: '20 invoices with lines in XML, distinct keys, no cache',
      ...pages,
      settings: NO_CACHE,
      peers: ['tutorialXml', 'tailcall', 'mercurius', 'yoga', 'hive', 'tutorialJson'],
      connections: 16,
      goals: [
        { number: 1, peer: 'tutorialXml', ratio: 10 },
        { number: 1, peer: 'tailcall', ratio: 1 },
      ],
    },
    {
      id: 'bill-50',
      title: 'a bill of 50 lines in JSON, distinct projects, no cache',
      ...bills(PROJECTS.lines50),
      settings: NO_CACHE,
      peers: billPeers,
      connections: 16,
      goals: [{ number: 1, peer: 'mercurius', ratio: 1.5 }],
    },
    {
      id: 'bill-1000',
      title: 'a bill of 1,000 lines in JSON, 100 of them in the answer, distinct projects, no cache',
      ...bills(PROJECTS.lines1000),
      settings: NO_CACHE,
      peers: billPeers,
      connections: 8,
      goals: [],
    },
    {
      id: 'bill-20000',
      title: 'a bill of 20,000 lines in JSON, 100 of them in the answer, distinct projects, no cache',
      ...bills(PROJECTS.lines20000),
      settings: NO_CACHE,
      peers: billPeers,
      connections: 2,
      goals: [],
    },
    {
      id: 'cost',
      title: '`customerCost` of a new prefix over a month already read, 1,000 lines; the peers read it each time',
      operation: {
        ...prefixes,
        query: `query($key: String!) { customerCost(prefix: $key, month: "${billedMonth(now)}", projectId: "${project}") { total { net { amount } } } }`,
      },
      peerOperation: {
        ...prefixes,
        query: `query($key: String!) { customerCost(projectId: "${project}", prefix: $key) }`,
      },
      settings: {},
      peers: billPeers,
      connections: 16,
      goals: [],
    },
    {
      id: 'unchanged',
      title: '20 invoices with lines, the upstream asked each time, its body unchanged',
      ...pages,
      settings: { CACHE_THREESCALE_INVOICES: '0,0,3600' },
      peers: ['tailcall', 'mercurius'],
      connections: 16,
      goals: [{ number: 2, peer: 'tailcall', ratio: 2 }],
    },
    {
      id: 'same',
      title: 'the same operation again',
      operation: { ...pages.operation, count: 1 },
      peerOperation: { ...pages.peerOperation, count: 1 },
      settings: {},
      peers: ['hello'],
      connections: 16,
      goals: [{ number: 3, peer: 'hello', ratio: 0.7 }],
    },
    {
      id: 'large',
      title: '500 invoices with lines in one answer, XML, no cache',
      ...invoices(BUYERS.large, queryOfAll(now)),
      settings: NO_CACHE,
      peers: ['tutorialXml', 'tailcall', 'mercurius'],
      connections: 2,
      goals: [{ number: 5, peer: 'tailcall', ratio: 1.2 }],
    },
  ]
}

/** All invoices of a buyer with five a month over a hundred months. A page has a hundred at most, so they are five pages by month. */
function queryOfAll(now: Date): string {
  const newest = billedMonth(now)
  const pages = ['a', 'b', 'c', 'd', 'e'].map((alias, index) => {
    const [to, from] = [addMonths(newest, -20 * index), addMonths(newest, -20 * index - 19)]
    const filter = `{ buyerId: $key, source: THREESCALE, from: "${from}", to: "${to}" }`
    return `${alias}: invoices(first: 100, filter: ${filter}) ${OUR_NODES}`
  })
  return `query($key: ID!) { ${pages.join(' ')} }`
}

/** An answer of any server as text that is equal for equal content: no global ids, no trailing zeros, one order. */
export function normalise(answer: string): string {
  const { data } = JSON.parse(answer) as { readonly data: Readonly<Record<string, Part>> }
  const parts = Object.values(data).map(normalisePart)
  const rows = parts.flat().sort(([left], [right]) => Number(left) - Number(right))
  return JSON.stringify(rows)
}

function normalisePart(part: Part): readonly (readonly unknown[])[] {
  if (part === null || typeof part === 'string') return [[toDecimal(part ?? 'none')]]
  if (Array.isArray(part)) {
    return part.map(({ id, state, cost, buyer, lineItems }) => {
      return [`${id}`, state, toDecimal(cost), buyer.name, lineItems.map(line => [line.name, toDecimal(line.cost)])]
    })
  }
  if ('nodes' in part) {
    return part.nodes.map(({ id, state, total, buyer, lineItems }) => {
      const lines = lineItems.nodes.map(line => [line.name, toDecimal(line.cost.net.amount)])
      const nativeId = id.replace('threescale:invoice:', '')
      return [nativeId, state.toLowerCase(), toDecimal(total.gross.amount), buyer.name, lines]
    })
  }
  if ('lines' in part) {
    return [[toDecimal(part.total), ...part.lines.map(({ name, cost }) => [name, toDecimal(cost)])]]
  }
  const amount = toDecimal(part.total.net.amount)
  if (!('lineItems' in part)) return [[amount]]
  return [[amount, ...part.lineItems.nodes.map(line => [line.resource?.name, toDecimal(line.cost.net.amount)])]]
}

interface Amount {
  readonly amount: string
}

interface OurLine {
  readonly name: string
  readonly resource?: { readonly name: string } | null
  readonly cost: { readonly net: Amount }
}

interface PeerLine {
  readonly name: string
  readonly cost: string
}

interface OurInvoice {
  readonly id: string
  readonly state: string
  readonly total: { readonly net: Amount; readonly gross: Amount }
  readonly buyer: { readonly name: string }
  readonly lineItems: { readonly nodes: readonly OurLine[] }
}

interface PeerInvoice {
  readonly id: string | number
  readonly state: string
  readonly cost: string
  readonly buyer: { readonly name: string }
  readonly lineItems: readonly PeerLine[]
}

/** Bill of the gateway; `customerCost` has no lines. */
interface OurBill {
  readonly total: { readonly net: Amount }
  readonly lineItems?: { readonly nodes: readonly OurLine[] }
}

interface PeerBill {
  readonly total: string
  readonly lines: readonly PeerLine[]
}

/** Value of a field of Query, of any server. */
type Part = string | null | PeerInvoice[] | { readonly nodes: readonly OurInvoice[] } | PeerBill | OurBill

/** `12.50` and `12.5` are equal. */
function toDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
