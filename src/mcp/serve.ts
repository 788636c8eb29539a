import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { createSchema } from '../graph/schema/schema.js'
import type { GatewayAccess } from './gateway-client.js'
import { toOperationTool } from './operation-tool.js'
import { createToolServer } from './tool-server.js'

/** What the tools are made of. */
export interface ToolSettings {
  readonly access: GatewayAccess
  /** The documents of a manifest, or those that come with the program. */
  readonly documents: readonly string[]
  readonly version: string
  /** Called with each document that is no tool, and why. */
  readonly skip: (problem: string) => void
}

/** Starts serving the documents as tools on standard input and output, until the client closes them. Resolves when it listens. */
export async function serveTools({ access, documents, version, skip }: ToolSettings): Promise<void> {
  const schema = await createSchema()
  const tools = documents.flatMap(document => {
    const tool = toOperationTool(schema, document)
    if (typeof tool !== 'string') return [tool]
    skip(`not a tool, since it ${tool}: ${firstLine(document)}`)
    return []
  })
  serveStdio(() => createToolServer(tools, access, version))
}

function firstLine(document: string): string {
  const [line = ''] = document.split('\n').filter(text => !text.startsWith('#'))
  return line.slice(0, 80)
}
