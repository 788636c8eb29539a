import { type CallToolResult, fromJsonSchema, McpServer } from '@modelcontextprotocol/server'
import { askGateway, type GatewayAccess, GatewayError, type GatewayResponse } from './gateway-client.js'
import type { OperationTool } from './operation-tool.js'

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false } as const

const INSTRUCTIONS =
  'Bills and costs of Billgraph. Amounts are exact decimal strings in the currency beside them: do not add amounts of ' +
  'different currencies, nor cost to revenue. A list has at most one page; totalCount says how many items there are. ' +
  'If errors are present, say what is missing.'

/** A server of the Model Context Protocol with one tool for each operation. The gateway decides what the caller may read. */
export function createToolServer(tools: readonly OperationTool[], access: GatewayAccess, version: string): McpServer {
  const server = new McpServer({ name: 'billgraph', version }, { instructions: INSTRUCTIONS })
  for (const { name, description, input, output, document } of tools) {
    const config = {
      title: name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
      description,
      inputSchema: fromJsonSchema(input),
      outputSchema: fromJsonSchema(output),
      annotations: READ_ONLY,
    }
    server.registerTool(name, config, (variables, { mcpReq }) =>
      askGateway(access, document, variables, mcpReq.signal).then(toResult, toFailure),
    )
  }
  return server
}

function toResult({ data, errors }: GatewayResponse): CallToolResult {
  const result = { data, ...(errors && { errors }) }
  const isEmpty = !data || Object.values(data).every(value => value === null)
  const content = [{ type: 'text' as const, text: JSON.stringify(result) }]
  if (errors && isEmpty) return { content, isError: true }
  return { content, structuredContent: result }
}

function toFailure(error: unknown): CallToolResult {
  if (!(error instanceof GatewayError)) throw error
  return { content: [{ type: 'text', text: error.message }], isError: true }
}
