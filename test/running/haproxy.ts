import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A HAProxy in front of gateways, as the documentation configures it. Its responses say in `x-server` which one has answered. */
export interface TestHaproxy extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly url: string
}

/** True when this machine has HAProxy. CI must have it. */
export const hasHaproxy = process.env.CI === 'true' || spawnSync('haproxy', ['-v']).status === 0

if (!hasHaproxy) process.stderr.write('skipped: tests with a real HAProxy (apt-get install haproxy)\n')

/** Starts a HAProxy that asks `/readyz` of each server ten times a second. @param ports of the servers on this machine */
export async function startHaproxy(port: number, ports: readonly number[]): Promise<TestHaproxy> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-haproxy-'))
  const file = join(folder, 'haproxy.cfg')
  const servers = ports.map(one => `  server s${one} 127.0.0.1:${one} check`)
  const lines = [
    'defaults',
    '  mode http',
    '  timeout connect 5s',
    '  timeout client 60s',
    '  timeout server 60s',
    // Otherwise a server that takes longer than the interval counts as down.
    '  timeout check 10s',
    '  option redispatch',
    'frontend clients',
    `  bind 127.0.0.1:${port}`,
    '  http-response set-header x-server %s',
    '  default_backend gateways',
    'backend gateways',
    '  option httpchk GET /readyz',
    '  default-server inter 100ms fall 1 rise 1',
    ...servers,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  const child = spawn('haproxy', ['-f', file, '-db'], { stdio: ['ignore', 'ignore', 'ignore'] })
  const exited = once(child, 'exit')
  while (!(await isListening(port))) if (child.exitCode !== null) throw new Error('haproxy does not start')
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const { promise, resolve } = Promise.withResolvers<boolean>()
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
