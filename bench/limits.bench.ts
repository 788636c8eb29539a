import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { pino } from 'pino'
import { EVERYBODY } from '../src/access/everybody.js'
import { limitsOf } from '../src/access/limit.js'
import { PartialFailures } from '../src/graph/partial-failures.js'
import { createLoaders } from '../src/loaders/loaders.js'
import { errorReport, type RequestContext } from '../src/server/error-report.js'
import { createLimits } from '../src/server/limits/create-limits.js'
import { limitOperations } from '../src/server/limits/limit-operations.js'
import { onBehalfOf } from '../src/upstream/caller.js'
import { Freshness } from '../src/upstream/freshness.js'

// What all limits together cost, without (A) and with (B), in turns A B B A, of a document never seen and of one seen before.
// The schema is the printed one, answered from memory: decorators do not run here. Start: `npm run bench:limits`.

const ROUNDS = 40

const clock = () => new Date()
const { signal } = new AbortController()
const NO_SYSTEMS = { catalyst: null, threescale: null }

const schema = createAnsweredSchema()
const rate = { costPerMinute: 900_000_000, burst: 900_000_000 }
const limits = createLimits({ mode: 'enforce', limits: limitsOf(), rate }, { logger: pino({ level: 'silent' }), clock })

type Ask = (query: string) => Promise<void>

const without = await createAsk(false)
const withAll = await createAsk(true)

let made = 0
/** Sixteen fields; another text each time. */
function newQuery(): string {
  return query(`Q${made++}`)
}

function query(name: string): string {
  return `query ${name}($first: Int = 2) { invoices(first: $first) { totalCount nodes { id number state period { month } buyer { name }
    total { net { amount currencyCode } gross { amount } } lineItems { nodes { name cost { net { amount } } } } } } }`
}

await compare('never seen', 300, newQuery)
await compare('seen before', 1_000, () => query('Seen'))

async function compare(label: string, operations: number, make: () => string): Promise<void> {
  const [a, b]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS + 2; round++) {
    const turns = [
      { ask: without, figures: a },
      { ask: withAll, figures: b },
    ]
    // Whoever comes second meets what the first has left to be collected.
    for (const { ask, figures } of round % 2 === 0 ? turns : turns.toReversed()) {
      const figure = await measure(ask, operations, make)
      // The first two rounds warm up.
      if (round > 1) figures.push(figure)
    }
  }
  const ratios = a.map((value, index) => (b[index] ?? Number.NaN) / value)
  const share = `${((median(b) / median(a) - 1) * 100).toFixed(1)} % of the medians, ${((median(ratios) - 1) * 100).toFixed(1)} % median of pairs`
  process.stdout.write(
    `${label.padEnd(12)} without ${median(a).toFixed(1)} µs, with ${median(b).toFixed(1)} µs: ${share}\n`,
  )
}

/** Microseconds of CPU an operation. */
async function measure(ask: Ask, operations: number, make: () => string): Promise<number> {
  const queries = Array.from({ length: operations }, make)
  const before = process.cpuUsage()
  for (const text of queries) await ask(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / operations
}

async function createAsk(hasLimits: boolean): Promise<Ask> {
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: false,
    ...(hasLimits ? { parseOptions: limits.parseOptions } : {}),
    plugins: [
      ...(hasLimits ? [limitOperations(limits.operations)] : []),
      errorReport(pino({ level: 'silent' })),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    stopOnTerminationSignals: false,
  })
  await apollo.start()
  return async text => {
    const requestId = 'r'
    const loaders = createLoaders(NO_SYSTEMS, clock, EVERYBODY)
    const failures = new PartialFailures()
    const contextValue: RequestContext = {
      loaders,
      failures,
      principal: EVERYBODY,
      isDemo: false,
      rateLimit: null,
      requestId,
      freshness: new Freshness(),
    }
    const caller = hasLimits ? { signal, calls: limits.callsOf(requestId) } : { signal }
    const execute = () => apollo.executeOperation({ query: text, variables: { first: 2 } }, { contextValue })
    const { body } = await onBehalfOf(caller, execute)
    if (body.kind !== 'single' || body.singleResult.errors) throw new Error('an operation failed')
  }
}

function createAnsweredSchema(): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
  const money = { amount: '1.00', currencyCode: 'NZD' }
  const line = { name: 'c1.c1r1', cost: { net: money } }
  const invoice = {
    id: 'threescale:invoice:1',
    number: '1',
    state: 'PAID',
    period: { month: '2026-07' },
    buyer: { name: 'b' },
    total: { net: money, gross: money },
    lineItems: { nodes: [line, line] },
  }
  const invoices = () => ({ totalCount: 2, nodes: [invoice, invoice] })
  return buildSubgraphSchema([{ typeDefs, resolvers: { Query: { invoices } } }])
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
