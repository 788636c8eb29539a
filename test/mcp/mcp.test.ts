import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_VARIABLES, readShippedOperations } from '../../src/operations/shipped-operations.js'
import {
  BUILD_MS,
  type BuiltProgram,
  buildProgram,
  type Environment,
  type GatewayProcess,
  runBuilt,
  startBuilt,
} from '../built-program.js'
import { readCodeBlocks } from '../docs/documents.js'

const NZD = (amount: string) => ({ amount, currencyCode: 'NZD' })

let program: BuiltProgram
let gateway: GatewayProcess
let folder: string
let wccKey: string
let acmeKey: string
/** With the key of customer-wcc. */
let client: Client

beforeAll(async () => {
  program = await buildProgram()
  folder = mkdtempSync(join(tmpdir(), 'billgraph-mcp-'))
  const AUTH_KEYS_FILE = join(folder, 'keys.json')
  const add = async (name: string, prefix: string) => {
    const args = ['keys', 'add', name, '--scope', 'costs:read', '--prefix', prefix]
    return (await runBuilt(program, args, { AUTH_KEYS_FILE })).stdout.trim()
  }
  wccKey = await add('wcc', 'customer-wcc')
  acmeKey = await add('acme', 'customer-acme')
  gateway = await startBuilt(program, { AUTH: 'keys', AUTH_KEYS_FILE, NODE_ENV: 'production', DEMO: '1' })
  client = await connect({ BILLGRAPH_KEY: wccKey })
}, BUILD_MS)
afterAll(async () => {
  await client?.close()
  await gateway?.end()
  rmSync(folder, { recursive: true, force: true })
})

interface HostConfiguration {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Environment
}

/** How the guide tells an assistant's host to start it. */
function hostConfigurations(): readonly (readonly [host: string, configuration: HostConfiguration])[] {
  const blocks = readCodeBlocks().filter(({ file, code }) => file === 'docs/front-end.md' && code.includes('"mcp"'))
  return blocks.map(({ code }) => {
    const [[host, servers] = ['', {}]] = Object.entries(JSON.parse(code) as Record<string, object>)
    return [host, (servers as { readonly billgraph: HostConfiguration }).billgraph]
  })
}

/** The SDK's own client, which checks each result against the tool's schema. */
async function connect(environment: Environment, args: readonly string[] = []): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(program.dist, 'cli/main.js'), 'mcp', ...args],
      env: { PATH: process.env.PATH ?? '', BILLGRAPH_URL: `${gateway.address}/graphql`, ...environment },
      stderr: 'pipe',
    }),
  )
  return client
}

describe('billgraph mcp', () => {
  it('offers each shipped query as a tool that only reads, with typed arguments and results', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(readShippedOperations().map(({ name }) => name))
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
    const cost = tools.find(({ name }) => name === 'CustomerCost')
    expect(cost?.description).toContain("What one hosted customer's resources cost in a month")
    expect(cost?.inputSchema).toMatchObject({
      properties: { prefix: { type: 'string' }, month: { type: 'string' } },
      required: ['prefix'],
      additionalProperties: false,
    })
    expect(cost?.outputSchema).toMatchObject({
      properties: { data: { properties: { customerCost: { anyOf: [{ type: 'object' }, { type: 'null' }] } } } },
    })
  })

  it.each(hostConfigurations())('starts as the guide configures it in %s', async (_host, { command, args, env }) => {
    expect(command).toBe('billgraph')
    const BILLGRAPH_KEY_FILE = join(folder, 'assistant-key')
    writeFileSync(BILLGRAPH_KEY_FILE, wccKey)
    const here = { BILLGRAPH_URL: `${gateway.address}/graphql`, BILLGRAPH_KEY_FILE }
    // A gateway of one's own may need no key.
    expect(Object.keys({ ...here, ...env }).sort()).toEqual(Object.keys(here).sort())
    const client = await connect(here, args.slice(1))
    expect(args[0]).toBe('mcp')
    expect((await client.listTools()).tools.length).toBeGreaterThan(0)
    await client.close()
  })

  it('answers with the exact figures of the gateway, for what the key may see and no more', async () => {
    const { prefix, month } = DEMO_VARIABLES
    const call = { name: 'CustomerCost', arguments: { prefix, month } }
    const { structuredContent, content, isError } = await client.callTool(call)
    expect(isError).toBeUndefined()
    expect(structuredContent).toMatchObject({ data: { customerCost: { total: { net: NZD('81.69') } } } })
    expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }])

    const other = await connect({ BILLGRAPH_KEY: acmeKey })
    expect(await other.callTool(call)).toMatchObject({
      structuredContent: { data: { customerCost: { total: { net: NZD('0.00') }, lineItems: { totalCount: 0 } } } },
    })
    await other.close()

    const nobody = await connect({ BILLGRAPH_KEY: `${wccKey.slice(0, -1)}x` })
    expect(await nobody.callTool(call)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('UNAUTHENTICATED') }],
    })
    await nobody.close()
  })

  it('refuses arguments that the tool does not have, and says what the gateway says of wrong ones', async () => {
    const unknown = await client.callTool({ name: 'CustomerCost', arguments: { prefix: 'customer-wcc', year: 2017 } })
    expect(unknown).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/additional properties/i) }],
    })
    const month = await client.callTool({ name: 'CustomerCost', arguments: { prefix: 'customer-wcc', month: 'July' } })
    expect(month).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/BAD_USER_INPUT/) }] })
  })

  it('makes tools of the queries of a manifest and leaves its mutations out', async () => {
    const query =
      'query Month($match: PrefixMatch!) { customerCost(prefix: "customer-wcc", match: $match) { period { month } } }'
    const mutation =
      'mutation Charge($input: ChargeInvoiceInput!) { chargeInvoice(input: $input) { clientMutationId } }'
    const manifest = join(folder, 'manifest.json')
    writeFileSync(manifest, JSON.stringify({ a: query, b: mutation }))
    const ofManifest = await connect({ BILLGRAPH_KEY: wccKey }, ['--operations', manifest])
    const { tools } = await ofManifest.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['Month'])
    expect(tools[0]?.inputSchema).toMatchObject({
      properties: { match: { enum: ['SEGMENT', 'STARTS_WITH'] } },
      required: ['match'],
    })
    expect(await ofManifest.callTool({ name: 'Month', arguments: { match: 'SEGMENT' } })).toMatchObject({
      structuredContent: { data: { customerCost: { period: { month: expect.any(String) } } } },
    })
    await ofManifest.close()
  })

  it('says so when the gateway does not respond', async () => {
    const alone = await connect({ BILLGRAPH_URL: 'http://127.0.0.1:1/graphql' })
    const { isError, content } = await alone.callTool({ name: 'Sources', arguments: {} })
    expect(isError).toBe(true)
    expect(content).toEqual([
      {
        type: 'text',
        text: 'The gateway at http://127.0.0.1:1/graphql does not respond. Start it, or correct BILLGRAPH_URL.',
      },
    ])
    await alone.close()
  })

  it('refuses to send a key to another machine without TLS, and never shows it', async () => {
    const { status, stderr } = await runBuilt(program, ['mcp'], {
      BILLGRAPH_URL: 'http://bills.example.com/graphql',
      BILLGRAPH_KEY: wccKey,
    })
    expect(status).toBe(2)
    expect(stderr).toContain('BILLGRAPH_URL')
    expect(stderr).not.toContain(wccKey)
  })
})
