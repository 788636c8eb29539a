import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, isListening, pinned, SERVER_CORE, untilReady } from './processes.js'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const ROOT = join(FOLDER, '../..')
const TAILCALL = join(FOLDER, 'node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall')

/** The servers that Billgraph is measured against. */
export const PEERS = {
  tutorialXml: 'tutorial (Apollo, type-graphql, fast-xml-parser), XML',
  tutorialJson: 'tutorial (Apollo, type-graphql), JSON',
  mercurius: 'Mercurius with JIT, JSON',
  yoga: 'GraphQL Yoga, JSON',
  hive: 'Hive Gateway, JSON',
  tailcall: 'Tailcall, JSON',
  hello: 'Node hello, same bytes',
} as const

/** A peer's name in this benchmark. */
export type PeerName = keyof typeof PEERS

/** A server in its own process on the core of the server. */
export interface Server extends AsyncDisposable {
  readonly pid: number
  readonly port: number
}

/** How a server is started. The port is in the environment. */
export interface Start {
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** Starts a server, its output going to /dev/null, and waits until it listens. */
export async function startServer(name: string, start: (port: number) => Start): Promise<Server> {
  const port = await freePort()
  const { command, environment } = start(port)
  const [file = '', ...args] = pinned(SERVER_CORE, command)
  const { PATH = '' } = process.env
  const env = { PATH, NODE_ENV: 'production', PORT: String(port), ...environment }
  const child: ChildProcess = spawn(file, args, {
    env,
    stdio: ['ignore', 'ignore', process.env.PEERS_DEBUG ? 'inherit' : 'ignore'],
  })
  child.on('error', () => {})
  await untilReady(name, child, () => isListening(port))
  return {
    pid: child.pid ?? 0,
    port,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

/**
 * Starts a peer.
 *
 * @param upstream URL of the static upstream
 * @param folder where the tutorial was compiled to
 * @param body file that `hello` serves
 */
export function startPeer(name: PeerName, upstream: string, folder: string, body: string): Promise<Server> {
  const node = (file: string, environment: Readonly<Record<string, string>> = {}): Start => ({
    command: [process.execPath, file],
    environment: { UPSTREAM: upstream, ...environment },
  })
  return startServer(PEERS[name], port => {
    switch (name) {
      case 'tutorialXml':
        return node(join(folder, 'tutorial.js'), { FORMAT: 'xml' })
      case 'tutorialJson':
        return node(join(folder, 'tutorial.js'), { FORMAT: 'json' })
      case 'hello':
        return node(join(FOLDER, 'servers/hello.mjs'), { BODY: body })
      case 'tailcall': {
        const text = readFileSync(join(FOLDER, 'servers/tailcall.graphql'), 'utf8')
        const file = join(folder, 'tailcall.graphql')
        writeFileSync(file, text.replaceAll('PORT', String(port)).replaceAll('UPSTREAM', upstream))
        return { command: [...tailcallCommand(), 'start', file], environment: { TAILCALL_LOG_LEVEL: 'error' } }
      }
      default:
        return node(join(FOLDER, `servers/${name}.mjs`))
    }
  })
}

/** Installs the peers' packages if they are missing, and compiles the tutorial into the folder. Its decorators need tsc's metadata. */
export function preparePeers(folder: string): void {
  const modules = join(FOLDER, 'node_modules')
  if (!existsSync(join(modules, '.package-lock.json'))) {
    process.stderr.write('installing the packages of the peers\n')
    execFileSync('npm', ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund', '--ignore-scripts'], { stdio: 'inherit' })
  }
  symlinkSync(modules, join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const options = [
    '--ignoreConfig --target es2022 --module nodenext --moduleDetection force --skipLibCheck --noCheck --types node',
    '--experimentalDecorators --emitDecoratorMetadata --useDefineForClassFields false',
  ]
  const places = [
    '--typeRoots',
    join(ROOT, 'node_modules/@types'),
    '--outDir',
    folder,
    '--rootDir',
    join(FOLDER, 'servers'),
  ]
  const args = [...options.join(' ').split(' '), ...places, join(FOLDER, 'servers/tutorial.ts')]
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), args)
}

/** Why Tailcall cannot run here; null if it can. */
export function tailcallProblem(): string | null {
  if (!existsSync(TAILCALL)) return 'its package has no binary for this system'
  const [command = '', ...args] = tailcallCommand()
  try {
    execFileSync(command, [...args, '--version'], { stdio: 'pipe' })
    return null
  } catch (error) {
    const [, version] = /`(GLIBC_[\d.]+)' not found/.exec(String((error as { stderr?: Buffer }).stderr)) ?? []
    return `its binary does not start here${version ? ` (it needs ${version} or newer)` : ''}: set TAILCALL_LIBC to a folder with a newer libc`
  }
}

/** The binary, or the loader of another libc with it. */
function tailcallCommand(): readonly string[] {
  const { TAILCALL_LIBC: libc } = process.env
  return libc ? [join(libc, 'ld-linux-x86-64.so.2'), '--library-path', libc, TAILCALL] : [TAILCALL]
}

/** Version of a package of the peers. */
export function versionOf(name: string): string {
  const manifest = readFileSync(join(FOLDER, 'package.json'), 'utf8')
  const { dependencies, optionalDependencies } = JSON.parse(manifest) as Record<string, Record<string, string>>
  return { ...dependencies, ...optionalDependencies }[name] ?? '?'
}
