import { Environment } from '../config/environment.js'
import { fileProblem } from '../config/file-problem.js'
import { ConfigError } from '../config/gateway-config.js'
import { readManifest } from '../config/manifest.js'
import { readShippedOperations } from '../operations/shipped-operations.js'
import { type OptionKind, readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { printMessage } from './messages.js'
import { quote } from './printable.js'
import type { Terminal } from './terminal.js'

const HELP = `Usage: billgraph mcp [--operations FILE]

Lets an assistant read bills and costs: a server of the Model Context Protocol on standard input and output. Each query is one
tool that only reads. The tools ask a running gateway with a key of yours, so its rights and limits hold.

  --operations FILE  a manifest of trusted documents, by graphql-codegen or Apollo (default: the queries that come with billgraph).
                     Mutations are left out
  --help             show this help

BILLGRAPH_URL is the gateway (default: http://127.0.0.1:4000/graphql), and BILLGRAPH_KEY or BILLGRAPH_KEY_FILE an API key or token
for it.

Exit status: 0 the client has closed the connection, 2 wrong arguments or configuration.
`

const PATH: OptionKind<string> = { expected: 'the path of a file', read: text => text || undefined }

/** `billgraph mcp`: trusted documents as tools of an assistant. Needs a gateway and no upstream. */
export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'let an assistant read bills and costs through a gateway',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, { operations: PATH })
    const [extra] = positionals
    if (extra !== undefined) throw new UsageError(`mcp: unexpected argument ${quote(extra)}; see --help`)
    const [path] = options.operations
    return terminal => serve(terminal, path)
  },
}

async function serve({ variables, readFile, stderr, version }: Terminal, path: string | undefined): Promise<ExitCode> {
  const environment = new Environment(variables, readFile)
  const url = environment.url('BILLGRAPH_URL') ?? 'http://127.0.0.1:4000/graphql'
  const key = environment.token('BILLGRAPH_KEY')
  if (environment.problems.length > 0) throw new ConfigError(environment.problems)
  const documents = path === undefined ? readShippedOperations().map(({ text }) => text) : readDocuments(path, readFile)
  // Imported only here: no other command needs the schema.
  const { serveTools } = await import('../mcp/serve.js')
  await serveTools({
    access: { url, key },
    documents,
    version: version(),
    skip: problem => printMessage(stderr, problem),
  })
  return EXIT.ok
}

function readDocuments(path: string, readFile: (path: string) => string): readonly string[] {
  let text: string
  try {
    text = readFile(path)
  } catch (error) {
    throw new UsageError(`--operations: ${quote(path)} cannot be read: ${fileProblem(error)}`)
  }
  const problems: string[] = []
  const entries = readManifest(text, problem => problems.push(problem))
  const [problem] = problems
  if (problem !== undefined) throw new UsageError(`--operations: ${quote(path)} ${problem}`)
  return entries.map(([, document]) => document)
}
