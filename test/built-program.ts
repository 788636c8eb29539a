import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GraphqlAnswer } from './gateway.js'

const root = new URL('../', import.meta.url).pathname

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string>>

/** The program as npm builds it, in a folder of its own. */
export interface BuiltProgram extends Disposable {
  /** `dist`, with the modules beside it. */
  readonly dist: string
}

/** Builds it; its modules are found through a link to ours. Types are checked elsewhere. */
export function buildProgram(): BuiltProgram {
  const build = mkdtempSync(join(tmpdir(), 'billgraph-'))
  const dist = join(build, 'dist')
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist], { cwd: root })
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(root, name), join(build, name))
  return { dist, [Symbol.dispose]: () => rmSync(build, { recursive: true, force: true }) }
}

/** What one run of a program left behind. */
export interface Finished {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `billgraph`, the program for a terminal, to its end. */
export async function runBuilt(
  { dist }: BuiltProgram,
  args: readonly string[],
  environment: Environment,
): Promise<Finished> {
  const child = start([join(dist, 'cli/main.js'), ...args], environment)
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const [status] = (await once(child, 'close')) as [number]
  return { status, stdout: stdout(), stderr: stderr() }
}

/** A gateway that runs as a process of its own. */
export interface GatewayProcess {
  readonly child: ChildProcess
  ask(query: string): Promise<GraphqlAnswer<Record<string, unknown>>>
  /** All that it has printed. */
  output(): string
  /** Asks it to end, and waits until it has. */
  end(): Promise<number | null>
}

/** Starts the gateway on a free port and waits until it is ready. @throws Error with its output when it ends instead */
export async function startBuilt({ dist }: BuiltProgram, environment: Environment): Promise<GatewayProcess> {
  const child = start([join(dist, 'main.js')], { PORT: '0', LOG_LEVEL: 'debug', ...environment })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const output = () => stdout() + stderr()
  const exited = once(child, 'exit')
  while (!output().includes('is ready at')) {
    await Promise.race([once(child.stdout ?? child, 'data'), exited])
    if (child.exitCode !== null) throw new Error(output())
  }
  const [, url = ''] = /is ready at (\S+\/graphql)/.exec(output()) ?? []
  return {
    child,
    output,
    ask: async query => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
      return { status: response.status, ...((await response.json()) as object) }
    },
    end: async () => {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}

function start(args: readonly string[], environment: Environment): ChildProcess {
  const env = { PATH: process.env.PATH ?? '', ...environment }
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', chunk => {
    text += String(chunk)
  })
  return () => text
}
