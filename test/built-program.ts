import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { GraphqlAnswer } from './gateway.js'

const root = new URL('../', import.meta.url).pathname
const run = promisify(execFile)

/** The longest time for a build and a start on a busy machine. */
export const BUILD_MS = 300_000

/** What the program finds beside `dist`. */
const BESIDE = ['node_modules', 'package.json', 'docs']

/** Environment variables. */
export type Environment = Readonly<Record<string, string>>

/** The program as npm builds it. */
export interface BuiltProgram {
  /** The path of `dist`; `node_modules` is beside it. */
  readonly dist: string
}

/** A program in a folder of its own, which is removed in the end. */
export interface ChangedProgram extends BuiltProgram, Disposable {}

let built: Promise<BuiltProgram> | undefined

/**
 * Builds the program without checking types, once for all tests of one process. It finds its modules through a link. The folder is
 * removed at the end of the test run, or of a program that is no test.
 */
export function buildProgram(): Promise<BuiltProgram> {
  built ??= build()
  return built
}

async function build(): Promise<BuiltProgram> {
  const { NODE_COMPILE_CACHE } = process.env
  // The folder of the test run.
  const folder = mkdtempSync(join(NODE_COMPILE_CACHE ? dirname(NODE_COMPILE_CACHE) : tmpdir(), 'billgraph-'))
  if (!NODE_COMPILE_CACHE) process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const dist = join(folder, 'dist')
  for (const name of BESIDE) symlinkSync(join(root, name), join(folder, name))
  const options = { cwd: root, env: { ...process.env, DIST: dist } }
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist], options)
  await run('npm', ['run', '--silent', 'build:files'], options)
  return { dist }
}

/**
 * Copies the built program, with one source file compiled from another text.
 *
 * @param file path below `src`
 */
export async function buildChanged(file: string, text: string): Promise<ChangedProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-'))
  const dist = join(folder, 'dist')
  await cp((await buildProgram()).dist, dist, { recursive: true })
  for (const name of BESIDE) symlinkSync(join(root, name), join(folder, name))
  const source = join(folder, 'src', file)
  mkdirSync(dirname(source), { recursive: true })
  writeFileSync(source, text)
  // Each file is compiled by itself in the build as well: tsconfig.json has isolatedModules.
  const compilerOptions = { noCheck: true, noResolve: true, types: [], rootDir: 'src', outDir: 'dist' }
  const config = { extends: join(root, 'tsconfig.build.json'), compilerOptions, include: ['src'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
  return { dist, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
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
  /** Sends SIGTERM, and waits until the process has ended. */
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
  const exited = once(child, 'exit')
  const said = async (text: string, times: number): Promise<void> => {
    while (output().split(text).length <= times) {
      await Promise.race([once(child.stdout ?? child, 'data'), exited])
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(output())
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
      await exited
      return child.exitCode
    },
  }
}

function start(args: readonly string[], environment: Environment, folder?: string): ChildProcess {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env
  const env = { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), ...environment }
  return spawn(process.execPath, args, {
    env,
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
