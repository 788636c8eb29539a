import { ConfigError } from '../config/gateway-config.js'
import { describeFault } from '../request/fault.js'
import { UpstreamError } from '../upstream/http/errors.js'
import { allocateCommand } from './allocate.command.js'
import { UsageError } from './arguments.js'
import { checkCommand } from './check.command.js'
import type { Command } from './command.js'
import { compareCommand } from './compare.command.js'
import { configCommand } from './config.command.js'
import { costCommand } from './cost.command.js'
import { customersCommand } from './customers.command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { exportCommand } from './export.command.js'
import { invoicesCommand } from './invoices.command.js'
import { journalCommand } from './journal.command.js'
import { keysCommand } from './keys.command.js'
import { marginCommand } from './margin.command.js'
import { mcpCommand } from './mcp.command.js'
import { printMessage } from './messages.js'
import { onChargeCommand } from './on-charge.command.js'
import { quote } from './printable.js'
import { quotationCommand } from './quotation.command.js'
import type { Output, Terminal } from './terminal.js'

const COMMANDS: readonly Command[] = [
  costCommand,
  marginCommand,
  compareCommand,
  customersCommand,
  allocateCommand,
  invoicesCommand,
  quotationCommand,
  exportCommand,
  checkCommand,
  configCommand,
  keysCommand,
  onChargeCommand,
  journalCommand,
  mcpCommand,
]

const NAMES = COMMANDS.map(({ name }) => name).join(', ')

const HELP = `Usage: billgraph COMMAND [options]

Shows what you pay for your cloud (Catalyst Cloud's rating API) and what your API customers pay you (3scale's Billing API).

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`).join('\n')}

  --help      show this help; after a command, show that command's help
  --version   show the program's version

The program reads the same environment variables as the gateway: OS_AUTH_URL and the other OS_ variables of an openrc file,
or OS_CLOUD or CATALYST_CLOUDS; THREESCALE_URL and THREESCALE_ACCESS_TOKEN. Without configuration it runs the demo, whose
figures are invented.

Exit status: 0 success, 1 nothing found, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

/**
 * Runs the program once and closes everything it opened.
 *
 * @param args without the program's own name
 * @returns the exit status; errors have been printed to stderr
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    return printError(error, terminal.stderr)
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { stdout } = terminal
  if (name === undefined) throw new UsageError(`COMMAND: missing; expected one of ${NAMES} (see --help)`)
  const command = COMMANDS.find(one => one.name === name)
  const help = findHelp(name, command, rest)
  if (help !== null) {
    stdout.write(help)
    return EXIT.ok
  }
  if (name === '--version') {
    stdout.write(`billgraph ${terminal.version()}\n`)
    return EXIT.ok
  }
  if (!command) throw new UsageError(`COMMAND: ${quote(name)} is not one of ${NAMES} (see --help)`)
  return command.prepare(rest)(terminal)
}

/** The help that the arguments ask for; null when they ask for none. */
function findHelp(name: string, command: Command | undefined, rest: readonly string[]): string | null {
  if (isHelp(name)) return HELP
  const end = rest.indexOf('--')
  const options = end < 0 ? rest : rest.slice(0, end)
  return command && options.some(isHelp) ? command.help : null
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h'
}

function printError(error: unknown, stderr: Output): ExitCode {
  if (error instanceof UsageError) {
    printMessage(stderr, error.message)
    return EXIT.usage
  }
  if (error instanceof ConfigError) {
    stderr.write(`billgraph: ${error.message}\n`)
    return EXIT.usage
  }
  if (error instanceof UpstreamError) {
    printMessage(stderr, error.message)
    printMessage(stderr, 'run billgraph check to see how to fix it.')
    return EXIT.upstream
  }
  // The message may quote what an upstream sent, so only the error's name and stack frames are printed.
  const { error: name, at } = describeFault(error)
  stderr.write(`billgraph: this is a bug in billgraph, please report it: ${[name, ...at].join('\n    ')}\n`)
  return EXIT.internal
}
