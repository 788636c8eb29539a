import { parseArgs } from 'node:util'
import { startCatalyst } from './catalyst/start.js'
import type { Fault } from './fault.js'
import { FAULT_HELP, parseFaultArgument } from './fault-argument.js'
import type { StandInServer } from './server.js'
import { startThreescale } from './threescale/start.js'

/** Parsed command line. */
export interface StandInArguments {
  readonly isHelp: boolean
  readonly catalyst: boolean
  readonly threescale: boolean
  /** 0 picks a free port. */
  readonly ports: {
    readonly threescale: number
    readonly keystone: number
    readonly por: number
    readonly hlz: number
  }
  readonly seed: number
  /** Time the stand-ins' clock starts at. Default: the real time. */
  readonly clockStart?: Date
  readonly driver: 'odoo' | 'jsonfile'
  /** Whether Catalyst's health check reports a project as late. */
  readonly isDegraded: boolean
  /** Whether Catalyst's ERP driver has its ten-minute cache, which mixes up detailed and summary responses. */
  readonly isCaching: boolean
  readonly generation: 'released' | 'main'
  /** Faults of every started server. Each server counts its own requests. */
  readonly faults: readonly Fault[]
}

/** Invalid command-line argument. The message names the argument and its value. */
export class ArgumentError extends Error {}

/** Text of `--help`. */
export const help = `Usage: node dist/standin/main.js [catalyst|threescale|all] [options]

Starts local stand-ins for the billing systems and prints the environment variables that point a client at them.
Starts all of them by default.

  --port N                    port of 3scale; this and the other ports default to a free one
  --keystone-port N           port of Catalyst's identity service
  --por-port N                port of Catalyst's billing in the region nz-por-1
  --hlz-port N                port of Catalyst's billing in the region nz-hlz-1
  --seed N                    seed of the demo data (default 1)
  --clock 2026-11-22T00:00:00Z  start time of the clock, which runs on from there (default: now)
  --driver odoo|jsonfile      kind of Catalyst installation (default odoo)
  --degraded                  report a late project in Catalyst's health check
  --cache                     cache Catalyst's invoices for ten minutes and mix up details and summaries, as the
                              real server does
  --generation released|main  version of 3scale: a released one, or its development branch (default released)
  --fault 'ROUTE=KIND'        make requests fail; repeatable. Each server counts its own requests
  --help                      show this help

${FAULT_HELP}`

/**
 * Parses the command line.
 *
 * @param args without the program's name
 * @throws ArgumentError for an unknown argument or an invalid value
 */
export function parseStandInArguments(args: readonly string[]): StandInArguments {
  const { values, positionals } = parseOptions(args)
  const [which = 'all', ...rest] = positionals
  if (!isOneOf(which, ['catalyst', 'threescale', 'all']))
    throw new ArgumentError(`unknown stand-in ${quote(which)}; use catalyst, threescale or all`)
  if (rest.length > 0)
    throw new ArgumentError(`unexpected argument: ${rest.map(quote).join(' ')}; name one stand-in, or all`)
  return {
    isHelp: values.help ?? false,
    catalyst: which !== 'threescale',
    threescale: which !== 'catalyst',
    ports: {
      threescale: wholeNumber('--port', values.port, 0, 65535),
      keystone: wholeNumber('--keystone-port', values['keystone-port'], 0, 65535),
      por: wholeNumber('--por-port', values['por-port'], 0, 65535),
      hlz: wholeNumber('--hlz-port', values['hlz-port'], 0, 65535),
    },
    seed: wholeNumber('--seed', values.seed, 1, Number.MAX_SAFE_INTEGER),
    ...(values.clock === undefined ? {} : { clockStart: instant('--clock', values.clock) }),
    driver: oneOf('--driver', values.driver, ['odoo', 'jsonfile']),
    isDegraded: values.degraded ?? false,
    isCaching: values.cache ?? false,
    generation: oneOf('--generation', values.generation, ['released', 'main']),
    faults: (values.fault ?? []).map(faultOf),
  }
}

/** Running stand-ins. */
export interface RunningStandIns {
  /** Shell script: comments with the URLs, and `export` lines with the variables that a client needs. */
  readonly lines: readonly string[]
  close(): Promise<void>
}

/** Starts the stand-ins of the command line. When one fails to start, those already started are closed. */
export async function startStandIns(options: StandInArguments): Promise<RunningStandIns> {
  const { seed, ports, driver, generation } = options
  const clock = runningClock(options.clockStart)
  const addFaults = ({ faults }: StandInServer): unknown => faults.push(...options.faults)
  const lines: string[] = []
  await using started = new AsyncDisposableStack()
  if (options.catalyst) {
    const regionPorts = { 'nz-por-1': ports.por, 'nz-hlz-1': ports.hlz }
    const catalyst = await startCatalyst({
      seed,
      clock,
      driver,
      keystonePort: ports.keystone,
      regionPorts,
      isDegraded: options.isDegraded,
      cacheDetailedMixUp: options.isCaching,
    })
    started.defer(() => catalyst.close())
    for (const server of [catalyst.keystone, ...Object.values(catalyst.regions)]) addFaults(server)
    lines.push(`# Catalyst identity service: ${catalyst.keystone.url}`)
    for (const [name, { url }] of Object.entries(catalyst.regions)) lines.push(`# Catalyst billing, ${name}: ${url}`)
    const { credentials } = catalyst
    lines.push(
      exported('OS_AUTH_URL', catalyst.authUrl),
      exported('OS_USERNAME', credentials.username),
      exported('OS_PASSWORD', credentials.password),
      exported('OS_USER_DOMAIN_NAME', credentials.userDomainName),
      exported('OS_PROJECT_NAME', credentials.projectName),
      exported('OS_PROJECT_DOMAIN_ID', credentials.projectDomainId),
    )
  }
  if (options.threescale) {
    const threescale = started.use(await startThreescale({ seed, clock, generation, port: ports.threescale }))
    addFaults(threescale)
    lines.push(
      `# 3scale: ${threescale.url}`,
      exported('THREESCALE_URL', threescale.url),
      exported('THREESCALE_ACCESS_TOKEN', threescale.accessToken),
    )
  }
  const running = started.move()
  return { lines, close: () => running.disposeAsync() }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      // Node would call a value such as -3 ambiguous without naming it, so it is joined to its option and checked here.
      args: args.flatMap((arg, index) => joinNegative(args, arg, index)),
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'keystone-port': { type: 'string' },
        'por-port': { type: 'string' },
        'hlz-port': { type: 'string' },
        seed: { type: 'string' },
        clock: { type: 'string' },
        driver: { type: 'string' },
        degraded: { type: 'boolean' },
        cache: { type: 'boolean' },
        generation: { type: 'string' },
        fault: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    // The first sentence of Node's message names the option; the rest is advice that does not apply.
    const [message = ''] = error instanceof Error ? error.message.split(/[.\n]/) : []
    throw new ArgumentError(message, { cause: error })
  }
}

function joinNegative(args: readonly string[], arg: string, index: number): readonly string[] {
  const isPair = (name = '', value = ''): boolean => /^--[^=]+$/.test(name) && /^-\d/.test(value)
  if (isPair(args[index - 1], arg)) return []
  return [isPair(arg, args[index + 1]) ? `${arg}=${args[index + 1]}` : arg]
}

/** `fallback` is also the smallest valid value: 0 for a port, 1 for a seed. */
function wholeNumber(name: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= fallback && value <= most) return value
  throw new ArgumentError(`${name} must be a whole number from ${fallback} to ${most}: ${quote(text)}`)
}

function instant(name: string, text: string): Date {
  const value = new Date(text)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(value.getTime())) return value
  throw new ArgumentError(`${name} must be an instant such as 2026-11-22T00:00:00Z: ${quote(text)}`)
}

function faultOf(text: string): Fault {
  try {
    return parseFaultArgument(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ArgumentError(`--fault ${quote(text)}: ${reason}`, { cause: error })
  }
}

function oneOf<const T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly [first: T, ...others: T[]],
): T {
  if (text === undefined) return choices[0]
  if (isOneOf(text, choices)) return text
  throw new ArgumentError(`${name} must be ${choices.join(' or ')}: ${quote(text)}`)
}

function isOneOf<T extends string>(text: string, choices: readonly T[]): text is T {
  return choices.some(choice => choice === text)
}

function quote(text: string): string {
  return JSON.stringify(text)
}

function exported(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", "'\\''")}'`
}

function runningClock(start: Date | undefined): () => Date {
  const lead = start === undefined ? 0 : start.getTime() - Date.now()
  return () => new Date(Date.now() + lead)
}

/** Runs the program: prints the variables of the started stand-ins and keeps them running until SIGINT or SIGTERM. */
export async function runStandIns(args: readonly string[]): Promise<void> {
  try {
    const options = parseStandInArguments(args)
    if (options.isHelp) {
      process.stdout.write(help)
      return
    }
    const running = await startStandIns(options)
    process.stdout.write(`${running.lines.join('\n')}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close())
  } catch (error) {
    process.stderr.write(`standin: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = error instanceof ArgumentError ? 2 : 1
  }
}
