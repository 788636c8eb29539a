import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/** A Redis of one test, in memory only. */
export interface TestRedis extends AsyncDisposable {
  /** `redis://127.0.0.1:…` */
  readonly url: string
  /** Kills the process, as a crash does. */
  kill(): Promise<void>
  /** Stops the process: connections stay open without a response. */
  hang(): void
  wake(): void
}

/** True when this machine has a redis-server. CI must have one. */
export const hasRedis = process.env.CI === 'true' || spawnSync('redis-server', ['--version']).status === 0

if (!hasRedis) process.stderr.write('skipped: tests with a real Redis (apt-get install redis-server)\n')

/** Starts a Redis on a free port. With a password, which is then part of its URL, it refuses clients without it. */
export async function startRedis(password = ''): Promise<TestRedis> {
  const port = await freePort()
  const memoryOnly = ['--save', '', '--appendonly', 'no']
  const options = ['--port', String(port), '--bind', '127.0.0.1', ...memoryOnly, '--requirepass', password]
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  await ready(child)
  const exited = once(child, 'exit')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  return {
    url: `redis://${password && `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    kill,
    hang: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: kill,
  }
}

async function ready(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('redis-server has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('Ready to accept connections')) continue
    child.stdout.resume()
    return
  }
  throw new Error('redis-server ended before it was ready')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
