import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeApiKey } from '../../../src/access/api-key.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { type BuiltProgram, type Environment, type GatewayProcess, startBuilt } from '../../built-program.js'

/** A gateway in production mode on the demo's data, as its operators see it. */
export interface ObservedGateway extends AsyncDisposable {
  readonly process: GatewayProcess
  /** `http://127.0.0.1:41234`, where `/metrics` is. */
  readonly admin: string
  /** Sends an operation. @returns the response's body as text */
  send(query: string, headers?: Readonly<Record<string, string>>): Promise<string>
  metrics(): Promise<string>
  /** The lines of the log, all of which are JSON. */
  lines(): readonly LogLine[]
  /** The next line of a response beyond those that were returned before. */
  nextAnswer(): Promise<LogLine>
}

export type LogLine = Readonly<Record<string, unknown>>

/** Starts a gateway with a metrics port. */
export async function startObserved(program: BuiltProgram, environment: Environment = {}): Promise<ObservedGateway> {
  const process = await startBuilt(program, {
    NODE_ENV: 'production',
    DEMO: '1',
    AUTH: 'open',
    LOG_LEVEL: 'info',
    METRICS_PORT: '0',
    ...environment,
  })
  const lines = (): readonly LogLine[] => {
    const complete = process.output().split('\n').slice(0, -1)
    return complete.map(line => JSON.parse(line) as LogLine)
  }
  const metricsUrl = () => lines().find(({ metrics }) => metrics !== undefined)?.metrics
  // With several workers their parent says it, after the first one is ready.
  while (metricsUrl() === undefined) await once(process.child.stdout ?? process.child, 'data')
  const admin = String(metricsUrl()).replace('/metrics', '')
  let answers = 0
  return {
    process,
    admin,
    lines,
    send: async (query, headers = {}) => {
      const response = await fetch(`${process.address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      })
      return response.text()
    },
    metrics: async () => (await fetch(`${admin}/metrics`)).text(),
    nextAnswer: async () => {
      for (;;) {
        const line = lines().filter(({ msg }) => msg === 'answered')[answers]
        if (line) {
          answers++
          return line
        }
        await new Promise(resolve => process.child.stdout?.once('data', resolve))
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (process.child.exitCode === null) await process.end()
    },
  }
}

/** Keys by the names of their holders, and the file that the gateway reads. */
export interface TestKeys {
  readonly file: string
  readonly keys: ReadonlyMap<string, string>
}

/** Writes a key for each name. All may read every bill, except `stranger`, which may read none. */
export function writeKeys(names: readonly string[]): TestKeys {
  const made = new Map(names.map(name => [name, makeApiKey()]))
  const holders = [...made].map(([name, key]) => ({
    name,
    scopes: name === 'stranger' ? [] : ['billing:read', 'costs:read'],
    projects: '*',
    prefixes: '*',
    buyers: '*',
    keys: [{ id: key.id, sha256: hashOf(key), createdAt: '2026-01-01T00:00:00.000Z', validUntil: null }],
  }))
  const file = join(mkdtempSync(join(tmpdir(), 'billgraph-keys-')), 'keys.json')
  writeFileSync(file, JSON.stringify({ version: 1, holders }))
  return { file, keys: new Map([...made].map(([name, { text }]) => [name, text])) }
}
