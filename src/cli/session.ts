import { FULL_ACCESS } from '../access/full-access.js'
import { readConfig } from '../config/gateway-config.js'
import { createLoaders, type Loaders } from '../loaders/loaders.js'
import { openBillingSystems } from '../upstream/billing-systems.js'
import { NO_CACHE } from '../upstream/cache/cache-settings.js'
import type { ThreescaleWrites } from '../upstream/threescale/writes.js'
import type { ExitCode } from './exit-code.js'
import { printMessage } from './messages.js'
import { Progress } from './progress.js'
import type { Output, Terminal } from './terminal.js'

/** The configured upstreams, opened for one command, and where the command writes. */
export interface Session {
  /** Loaders with full access and without a response cache. */
  readonly loaders: Loaders
  /** Other such loaders, for work that must not remember what it has read. */
  readonly openLoaders: () => Loaders
  /** True when the upstreams are the demo's stand-ins. */
  readonly isDemo: boolean
  /** Writes to 3scale; null where it is not configured. */
  readonly threescaleWrites: ThreescaleWrites | null
  readonly stdout: Output
  readonly stderr: Output
  readonly progress: Progress
}

/**
 * Opens the configured upstreams, runs the command, and closes them again. Without configuration it starts the demo.
 *
 * @throws ConfigError when the configuration is wrong
 */
export async function withSession(
  { variables, readFile, stdout, stderr, clock, repeat }: Terminal,
  run: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const config = readConfig(variables, readFile)
  for (const warning of config.warnings) printMessage(stderr, `warning: ${warning}`)
  await using opened = new AsyncDisposableStack()
  // Imported only here: other runs need not load the stand-ins.
  const demo = config.isDemo
    ? opened.adopt(await (await import('../demo.js')).startDemo(clock), one => one.close())
    : null
  const settings = { ...(demo?.systems ?? config.systems), cache: NO_CACHE }
  const systems = opened.adopt(openBillingSystems(settings, clock), one => one.close())
  const openLoaders = () => createLoaders(systems, clock, FULL_ACCESS, config.registry ?? demo?.registry)
  const progress = new Progress({ output: stderr, clock, repeat })
  // Without this await the upstreams would be closed before the command ends.
  const { threescaleWrites } = systems
  return await run({
    loaders: openLoaders(),
    openLoaders,
    isDemo: config.isDemo,
    threescaleWrites,
    stdout,
    stderr,
    progress,
  })
}

/** Says on stderr that the figures are invented, when they are. */
export function announceDemo({ isDemo, stderr }: Session): void {
  if (isDemo) {
    printMessage(stderr, 'DEMO: no upstream is configured, every figure is invented by the built-in stand-ins.')
  }
}
