import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { pino } from 'pino'
import { FULL_ACCESS } from '../src/access/full-access.js'
import { limitsOf } from '../src/access/limit.js'
import { PartialFailures } from '../src/graph/errors/partial-failures.js'
import { createLoaders } from '../src/loaders/loaders.js'
import { withRequestContext } from '../src/request/request-context.js'
import { DEFAULT_ADMISSION } from '../src/server/admission/admission-settings.js'
import { apolloOptions } from '../src/server/graphql/apollo-options.js'
import type { GraphqlContext } from '../src/server/graphql/graphql-context.js'
import { PersistedQueryStore } from '../src/server/graphql/persisted-query-store.js'
import { LimitPolicy } from '../src/server/limits/limit-policy.js'
import { limitsPlugin, OperationLimiter } from '../src/server/limits/operation-limiter.js'
import { errorReport } from '../src/server/observability/error-report.js'
import { CachePolicy } from '../src/server/operation-cache/cache-policy.js'
import type { ServerSettings } from '../src/server/settings.js'

// The CPU time of all limits together: an operation without (A) and with (B) them, in turns A B B A, for a new document and for a known one.
// The schema is the printed one with resolvers that return constants: decorators do not run here. Start: `npm run bench:limits`.

const clock = () => new Date()
const { signal } = new AbortController()
const SERVER: ServerSettings = {
  hasIntrospection: false,
  hasPersistedQueries: false,
  trustedDocuments: null,
  cors: null,
  hasCompression: false,
  hasExplorer: false,
  hasDashboard: false,
  drain: { delayMs: 0, timeoutMs: 0 },
  trustedProxies: [],
  keepsAnswers: false,
  admission: DEFAULT_ADMISSION,
}
const NO_SYSTEMS = { catalyst: null, threescale: null }

const schema = createConstantSchema()
const rate = { costPerMinute: 900_000_000, burst: 900_000_000 }
const limits = new LimitPolicy({ mode: 'enforce', limits: limitsOf(), rate }, pino({ level: 'silent' }))
const limiter = new OperationLimiter(limits, clock)

type Execute = (query: string, first: number) => Promise<void>

interface Size {
  readonly rounds: number
  /** In one turn. */
  readonly operations: number
}

const without = await createExecute(false)
const withAll = await createExecute(true)

let made = 0
/** A document of sixteen fields with a new name each time. */
function newQuery(): string {
  return query(`Q${made++}`)
}

function query(name: string): string {
  return `query ${name}($first: Int = 2) { invoices(first: $first) { totalCount nodes { id number state period { month } buyer { name }
    total { net { amount currencyCode } gross { amount } } lineItems { nodes { name cost { net { amount } } } } } } }`
}

await compare('new', { rounds: 100, operations: 100 }, newQuery)
await compare('known', { rounds: 600, operations: 100 }, () => query('Known'))
// Limits measure the document, not the response: for a page of the usual size they are a smaller part.
await compare('page of 20', { rounds: 300, operations: 100 }, () => query('Page'), 20)

async function compare(label: string, { rounds, operations }: Size, make: () => string, first = 2): Promise<void> {
  const [a, b]: [number[], number[]] = [[], []]
  const turns = [
    { execute: without, figures: a },
    { execute: withAll, figures: b },
  ]
  for (let round = -rounds / 10; round < rounds; round++) {
    // The second of a pair meets the garbage of the first.
    for (const { execute, figures } of round % 2 === 0 ? turns : turns.toReversed()) {
      const figure = await measure(execute, operations, make, first)
      // The rounds below zero are for the compiler.
      if (round >= 0) figures.push(figure)
    }
  }
  const pairs = a.map((value, index) => (b[index] ?? Number.NaN) / value)
  const mean = (trimmed(b) / trimmed(a) - 1) * 100
  process.stdout.write(
    `${label.padEnd(12)} without ${trimmed(a).toFixed(1)} µs, with ${trimmed(b).toFixed(1)} µs: ${mean.toFixed(1)} % more, ` +
      `${((median(pairs) - 1) * 100).toFixed(1)} % by the median of pairs\n`,
  )
}

/** @returns microseconds of CPU for one operation */
async function measure(execute: Execute, operations: number, make: () => string, first: number): Promise<number> {
  const queries = Array.from({ length: operations }, make)
  const before = process.cpuUsage()
  for (const text of queries) await execute(text, first)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / operations
}

async function createExecute(hasLimits: boolean): Promise<Execute> {
  const store = new PersistedQueryStore()
  const { plugins, ...protocol } = apolloOptions({ schema, settings: SERVER, store, clock, isCaching: true })
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    ...protocol,
    ...(hasLimits ? { parseOptions: { maxTokens: limits.bound('LIMIT_TOKENS') } } : {}),
    plugins: [
      ...(hasLimits ? [limitsPlugin(limiter)] : []),
      ...plugins,
      errorReport(pino({ level: 'silent' })),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    stopOnTerminationSignals: false,
  })
  await apollo.start()
  return async (text, first) => {
    const requestId = 'r'
    const create = () => createLoaders(NO_SYSTEMS, clock, FULL_ACCESS)
    const failures = new PartialFailures()
    const contextValue: GraphqlContext = {
      loaders: create(),
      createLoaders: create,
      writes: null,
      failures,
      principal: FULL_ACCESS,
      isDemo: false,
      rateLimit: null,
      requestId,
      cachePolicy: new CachePolicy(),
    }
    const callBudget = hasLimits ? limits.callBudget(requestId) : undefined
    const context = { signal, callerName: '', callBudget }
    const execute = () => apollo.executeOperation({ query: text, variables: { first } }, { contextValue })
    const { body } = await withRequestContext(context, execute)
    if (body.kind !== 'single' || body.singleResult.errors) throw new Error('an operation failed')
  }
}

function createConstantSchema(): GraphQLSchema {
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
  const invoices = (_: unknown, { first }: { readonly first: number }) => ({
    totalCount: first,
    nodes: Array(first).fill(invoice),
  })
  return buildSubgraphSchema([{ typeDefs, resolvers: { Query: { invoices } } }])
}

/** The mean without the largest twentieth, which other processes on the machine disturbed most. */
function trimmed(values: readonly number[]): number {
  const kept = values.toSorted((a, b) => a - b).slice(0, Math.ceil(values.length * 0.95))
  return kept.reduce((sum, value) => sum + value, 0) / kept.length
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
