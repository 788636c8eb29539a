import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A PostgreSQL of one test run, in a folder of its own. */
export interface TestPostgres extends AsyncDisposable {
  /** A new empty database on it: `postgres://…` */
  createDatabase(): string
  /** Stops the server at once, as a crash does. */
  kill(): Promise<void>
}

const PROGRAMS = '/usr/lib/postgresql'
/** Where Debian puts `initdb` and `postgres`; undefined without PostgreSQL. */
const programs = existsSync(PROGRAMS)
  ? readdirSync(PROGRAMS)
      .map(version => join(PROGRAMS, version, 'bin'))
      .find(folder => existsSync(join(folder, 'postgres')))
  : undefined

/** True when this machine has PostgreSQL. CI must have it. */
export const hasPostgres = process.env.CI === 'true' || programs !== undefined

if (!hasPostgres) process.stderr.write('skipped: tests with a real PostgreSQL (apt-get install postgresql)\n')

/** The server refuses to run as root: then it runs as its own user. */
function serverUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (kind: '-u' | '-g'): number => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** Starts a PostgreSQL that listens on a socket in its own folder only. */
export async function startPostgres(): Promise<TestPostgres> {
  if (programs === undefined) throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-postgres-'))
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const options = { stdio: 'ignore', cwd: '/', ...serverUser() } as const
  execFileSync(join(programs, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'test', '--no-sync'], options)
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses='], options)
  const psql = (database: string, statement: string): number | null =>
    spawnSync('psql', ['-h', folder, '-U', 'test', '-d', database, '-c', statement], { stdio: 'ignore' }).status
  while (psql('postgres', 'SELECT 1') !== 0) await setTimeout(50)
  let count = 0
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    // An immediate shutdown: what is under way is cut.
    server.kill('SIGQUIT')
    await exited
  }
  return {
    createDatabase: () => {
      const name = `test${++count}`
      psql('postgres', `CREATE DATABASE ${name}`)
      return `postgres://test@localhost/${name}?host=${encodeURIComponent(folder)}`
    },
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
