import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { GraphqlAnswer } from './gateway.js'

const root = new URL('../', import.meta.url).pathname
const run = promisify(execFile)

/** The longest time for a build and a start on a busy machine. */
export const BUILD_MS = 300_000

/** Environment variables. */
export type Environment = Readonly<Record<string, string>>

/** The program as npm builds it, in its own folder. */
export interface BuiltProgram extends Disposable {
  /** The path of `dist`; `node_modules` is beside it. */
  readonly dist: string
}

/**
 * Builds the program without checking types. It finds its modules through a link. The test files of a run share one build.
 *
 * @param change edits a copy of the sources, in the given folder, before a build of its own
 */
export async function buildProgram(change?: (sources: string) => void): Promise<BuiltProgram> {
  const { TEST_RUN_FOLDER } = process.env
  if (change || TEST_RUN_FOLDER === undefined) return buildIn(mkdtempSync(join(tmpdir(), 'billgraph-')), change)
  const shared = join(TEST_RUN_FOLDER, 'build')
  if (!existsSync(shared)) {
    const own = mkdtempSync(join(TEST_RUN_FOLDER, 'build-'))
    await buildIn(own)
    // Of two processes that build at the same time one is first.
    if (!existsSync(shared)) renameSync(own, shared)
  }
  // It is removed with the folder at the end of the run.
  return { dist: join(shared, 'dist'), [Symbol.dispose]: () => {} }
}

async function buildIn(build: string, change?: (sources: string) => void): Promise<BuiltProgram> {
  const dist = join(build, 'dist')
  for (const name of ['node_modules', 'package.json', 'docs']) symlinkSync(join(root, name), join(build, name))
  if (change) {
    for (const name of ['src', 'tsconfig.json', 'tsconfig.build.json']) {
      await cp(join(root, name), join(build, name), { recursive: true })
    }
    change(join(build, 'src'))
  }
  const cwd = change ? build : root
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist], {
    cwd,
  })
  await run('npm', ['run', '--silent', 'build:files'], { cwd, env: { ...process.env, DIST: dist } })
  return { dist, [Symbol.dispose]: () => rmSync(build, { recursive: true, force: true }) }
}

/** What a program that is started needs of this environment, which may have settings of a developer besides. */
export function bareEnvironment(): Environment {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env
  return { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) }
}

/** The result of a run of a program. */
export interface Finished {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line `billgraph` to its end. */
export async function runBuilt(
  { dist }: BuiltProgram,
  args: readonly string[],
  environment: Environment,
  folder?: string,
): Promise<Finished> {
  const child = start([join(dist, 'cli/main.js'), ...args], environment, folder)
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const [status] = (await once(child, 'close')) as [number]
  return { status, stdout: stdout(), stderr: stderr() }
}

/** A gateway in its own process. */
export interface GatewayProcess {
  readonly child: ChildProcess
  /** `http://127.0.0.1:40123` */
  readonly address: string
  ask(query: string): Promise<GraphqlAnswer<Record<string, unknown>>>
  /** Everything it has printed so far. */
  output(): string
  /** Sends SIGHUP, and waits until the settings were read again. */
  reload(): Promise<void>
  /** Sends SIGTERM, and waits until the process has ended and its output is complete. */
  end(): Promise<number | null>
}

/** Starts the gateway on a free port and waits until it is ready. Throws its output when it exits instead. */
export async function startBuilt(
  { dist }: BuiltProgram,
  environment: Environment,
  folder?: string,
): Promise<GatewayProcess> {
  const child = start(
    [join(dist, 'main.js')],
    { PORT: '0', LOG_LEVEL: 'debug', DRAIN_DELAY_MS: '0', ...environment },
    folder,
  )
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const output = () => stdout() + stderr()
  // After its exit, once everything it has printed has arrived.
  let isClosed = false
  const closed = once(child, 'close').then(() => {
    isClosed = true
  })
  const said = async (text: string, times: number): Promise<void> => {
    while (output().split(text).length <= times) {
      if (isClosed) throw new Error(output())
      await Promise.race([once(child.stdout ?? child, 'data'), closed])
    }
  }
  await said('is ready at', 1)
  const [, address = ''] = /is ready at (\S+)\/graphql/.exec(output()) ?? []
  let reloads = 0
  return {
    child,
    address,
    output,
    reload: async () => {
      reloads++
      child.kill('SIGHUP')
      await said('"reloaded: ', reloads)
    },
    ask: async query => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
      return { status: response.status, ...((await response.json()) as object) }
    },
    end: async () => {
      child.kill('SIGTERM')
      await closed
      return child.exitCode
    },
  }
}

function start(args: readonly string[], environment: Environment, folder?: string): ChildProcess {
  return spawn(process.execPath, args, {
    env: { ...bareEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(folder && { cwd: folder }),
  })
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', chunk => {
    text += String(chunk)
  })
  return () => text
}
