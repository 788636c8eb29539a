import { FULL_ACCESS } from '../access/full-access.js'
import { ConfigError, readConfig } from '../config/gateway-config.js'
import { createLoaders } from '../loaders/loaders.js'
import type { Clock } from '../request/clock.js'
import { openBillingSystems } from '../upstream/billing-systems.js'
import { NO_CACHE } from '../upstream/cache/cache-settings.js'
import { UpstreamError } from '../upstream/http/errors.js'
import { UsageError } from './arguments.js'
import { checkCommand } from './check.command.js'
import type { Command, LocalCommand, Run } from './command.js'
import { costCommand } from './cost.command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { invoicesCommand } from './invoices.command.js'
import { keysCommand } from './keys.command.js'
import { toLocalSession } from './local-session.js'
import { remark } from './messages.js'
import type { Output } from './output.js'
import { quote } from './printable.js'
import { Progress, type Repeat } from './progress.js'
import { quotationCommand } from './quotation.command.js'

/** What the process gives the program. */
export interface Terminal {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly readFile: (path: string) => string
  readonly stdout: Output
  readonly stderr: Output
  readonly clock: Clock
  readonly repeat: Repeat
  readonly version: () => string
}

const COMMANDS: readonly (Command | LocalCommand)[] = [
  costCommand,
  invoicesCommand,
  quotationCommand,
  checkCommand,
  keysCommand,
]

const NAMES = COMMANDS.map(({ name }) => name).join(', ')

const HELP = `Usage: billgraph COMMAND [options]

What you pay for your cloud (Catalyst Cloud's rating API) and what your API customers pay you (3scale's Billing API).

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`).join('\n')}

  --help      this text; after a command, that command's
  --version   the program's version

It is configured by the same environment variables as the gateway: OS_AUTH_URL and its kind, or OS_CLOUD or CATALYST_CLOUDS;
THREESCALE_URL, THREESCALE_ACCESS_TOKEN. Without any it asks the demo, whose figures are invented.

Exit status: 0 ok, 1 nothing found, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

/**
 * Runs the program once, and closes all that it opened.
 *
 * @param args without the program's own name
 * @returns the exit status; whatever goes wrong has been told on stderr
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    return tell(error, terminal.stderr)
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { stdout } = terminal
  if (name === undefined) throw new UsageError(`COMMAND: missing; expected one of ${NAMES} (see --help)`)
  const command = COMMANDS.find(one => one.name === name)
  const help = textOfHelp(name, command, rest)
  if (help !== null) {
    stdout.write(help)
    return EXIT.ok
  }
  if (name === '--version') {
    stdout.write(`billgraph ${terminal.version()}\n`)
    return EXIT.ok
  }
  if (!command) throw new UsageError(`COMMAND: ${quote(name)} is not one of ${NAMES} (see --help)`)
  if ('prepareLocal' in command) return command.prepareLocal(rest)(toLocalSession(terminal))
  return execute(command.prepare(rest), terminal, command)
}

function textOfHelp(name: string, command: Command | LocalCommand | undefined, rest: readonly string[]): string | null {
  if (isHelp(name)) return HELP
  const end = rest.indexOf('--')
  const options = end < 0 ? rest : rest.slice(0, end)
  return command && options.some(isHelp) ? command.help : null
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h'
}

async function execute(run: Run, terminal: Terminal, { name }: Command): Promise<ExitCode> {
  const { stdout, stderr, clock, repeat } = terminal
  const config = readConfig(terminal.variables, terminal.readFile)
  await using opened = new AsyncDisposableStack()
  // Only who sees the demo waits for the stand-ins to load.
  const demo = config.isDemo
    ? opened.adopt(await (await import('../demo.js')).startDemo(clock), one => one.close())
    : null
  // The command check tells it as its own first line.
  if (demo && name !== checkCommand.name) {
    remark(stderr, 'DEMO: no upstream is configured, every figure is invented by the built-in stand-ins.')
  }
  const systems = opened.adopt(
    openBillingSystems({ ...(demo?.systems ?? config.systems), cache: NO_CACHE }, clock),
    one => one.close(),
  )
  const progress = new Progress({ output: stderr, clock, repeat })
  // Awaited here: what was opened is closed on the way out.
  return await run({
    loaders: createLoaders(systems, clock, FULL_ACCESS),
    isDemo: config.isDemo,
    stdout,
    stderr,
    progress,
  })
}

function tell(error: unknown, stderr: Output): ExitCode {
  if (error instanceof UsageError) {
    remark(stderr, error.message)
    return EXIT.usage
  }
  if (error instanceof ConfigError) {
    stderr.write(`billgraph: ${error.message}\n`)
    return EXIT.usage
  }
  if (error instanceof UpstreamError) {
    remark(stderr, error.message)
    remark(stderr, 'billgraph check says how to mend it.')
    return EXIT.upstream
  }
  // Its text may hold what an upstream sent or a library quoted; where it comes from does not.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter(line => /^ {4}at /.test(line)) : []
  stderr.write(`billgraph: a mistake of ours, please report it: ${[nameOf(error), ...frames].join('\n')}\n`)
  return EXIT.internal
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
