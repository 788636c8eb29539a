import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addresses } from '../../examples/supergraph/addresses.ts'
import { crmSdl } from '../../examples/supergraph/crm/subgraph.ts'
import { startTestSetup } from '../gateway.js'
import { checkComposition, composers } from '../schema-check/composition.js'
import { readOwnSubgraph } from '../schema-check/subgraphs.js'

/** What the routers of the tests, and the log of Billgraph, take from a caller. */
const PASSED = [
  'authorization',
  'x-request-id',
  'traceparent',
  'tracestate',
  'apollographql-client-name',
  'apollographql-client-version',
]

/** As Apollo Router has it, or Cosmo. */
interface HeaderRule {
  readonly named?: string
  readonly propagate?: { readonly named: string }
}

const root = new URL('../../', import.meta.url).pathname

describe('the supergraph', () => {
  it.each(composers)('composes with %s without errors or hints', composer => {
    const subgraphs = [readOwnSubgraph(root), { name: 'crm', sdl: crmSdl }]
    expect(checkComposition(composer, subgraphs)).toEqual({ errors: [], notes: [] })
  })
})

describe('the configuration of a router started by hand', () => {
  const folder = resolve(root, 'examples/supergraph')
  const readYaml = (file: string) => parse(readFileSync(resolve(folder, file), 'utf8'))

  it.each(['apollo-router/supergraph.yaml', 'cosmo/graph.yaml'])('%s points at both schema files', file => {
    const { subgraphs } = readYaml(file)
    const rows: readonly [string, { routing_url: string; schema: { file: string } }][] = Array.isArray(subgraphs)
      ? subgraphs.map(row => [row.name, row])
      : Object.entries(subgraphs)
    expect(Object.fromEntries(rows.map(([name, { routing_url }]) => [name, routing_url]))).toEqual(addresses)
    const files = rows.map(([, { schema }]) => resolve(folder, file, '..', schema.file))
    expect(files).toEqual([resolve(root, 'schema.graphql'), resolve(folder, 'crm/crm.graphql')])
    expect(files.every(existsSync)).toBe(true)
  })

  it("cosmo/config.yaml passes on every extension of Billgraph's errors", async () => {
    await using setup = await startTestSetup()
    await setup.threescale.close()
    // A written argument that is wrong refuses the whole operation, so the failing upstream is asked by another.
    const queries = ['{ buyers { totalCount } }', '{ invoices(first: -1) { totalCount } }']
    const answers = await Promise.all(queries.map(query => setup.gateway.askText(query)))
    const errors = answers.flatMap(answer => answer.errors ?? [])
    expect(errors).toHaveLength(2)
    const { allowed_extension_fields: allowed } = readYaml('cosmo/config.yaml').subgraph_error_propagation
    const names = errors.flatMap(({ extensions = {} }) => Object.keys(extensions))
    expect(new Set(names).difference(new Set(allowed))).toEqual(new Set())
  })

  it("cosmo/config.yaml passes on what Billgraph's limits say of themselves", () => {
    const { allowed_extension_fields: allowed } = readYaml('cosmo/config.yaml').subgraph_error_propagation
    expect(allowed).toEqual(expect.arrayContaining(['limit', 'allowed', 'measured', 'cost', 'remaining']))
  })

  it.each(['apollo-router/router.yaml', 'cosmo/config.yaml', 'hive/gateway.config.ts'])(
    "%s passes on the caller's credential, request id, trace and name",
    file => {
      const text = readFileSync(resolve(folder, file), 'utf8')
      const named = file.endsWith('.yaml')
        ? parse(text).headers.all.request.map((rule: HeaderRule) => rule.propagate?.named ?? rule.named)
        : [...text.matchAll(/^ {2}'([a-z-]+)',$/gm)].map(([, name]) => name)
      expect(named.map((name: string) => name.toLowerCase())).toEqual(PASSED)
    },
  )

  it.each(['apollo-router/router.yaml', 'cosmo/config.yaml'])(
    '%s has a longer timeout for Billgraph than Billgraph has for Catalyst',
    file => {
      const { billgraph } = readYaml(file).traffic_shaping.subgraphs
      expect(Number.parseInt(billgraph.timeout ?? billgraph.request_timeout, 10)).toBeGreaterThan(60)
    },
  )
})
