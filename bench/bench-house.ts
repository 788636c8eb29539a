import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeApiKey } from '../src/access/api-key.js'
import { hashOf } from '../src/access/key-hash.js'
import { startThreescale, type ThreescaleStandIn } from '../src/standin/threescale/start.js'
import { buildProgram, type GatewayProcess, startBuilt } from '../test/built-program.js'
import type { Load, LoadResult } from './load-generator.js'

const CALLERS = ['quiet', 'noisy'] as const
export type BenchCaller = (typeof CALLERS)[number]

/** What came of a load, and what the gateway's process had of a core meanwhile. */
export interface Measured {
  readonly result: LoadResult
  readonly cores: number
}

/** A gateway in production, before a 3scale of this process; and whoever asks it, in a process of its own. */
export interface BenchHouse extends AsyncDisposable {
  readonly threescale: ThreescaleStandIn
  /** Puts a load on and waits for what comes of it. No request is the same as one before unless told so. */
  put(caller: BenchCaller, load: Partial<Load> & Pick<Load, 'query' | 'ms' | 'connections'>): Promise<Measured>
  /** The longest that liveness took, in ms, while the work went on. */
  watchLiveness<T>(work: Promise<T>): Promise<readonly [T, number]>
}

/** Starts it all; bills are fresh for an hour unless told otherwise. */
export async function startBenchHouse(environment: Readonly<Record<string, string>> = {}): Promise<BenchHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-bench-'))
  const keys = { quiet: makeApiKey(), noisy: makeApiKey() }
  const holders = CALLERS.map(name => {
    const { id } = keys[name]
    const key = { id, sha256: hashOf(keys[name]), createdAt: new Date().toISOString(), validUntil: null }
    return { name, scopes: ['billing:read'], projects: '*', prefixes: '*', buyers: '*', keys: [key] }
  })
  const keyFile = join(folder, 'keys.json')
  writeFileSync(keyFile, JSON.stringify({ version: 1, holders }))
  const program = await buildProgram()
  const threescale = await startThreescale({})
  const gateway = await startBuilt(program, {
    THREESCALE_URL: threescale.url,
    THREESCALE_ACCESS_TOKEN: threescale.accessToken,
    CACHE_THREESCALE_INVOICES: '3600,7200,86400',
    CACHE_THREESCALE_CATALOG: '3600,7200,86400',
    NODE_ENV: 'production',
    AUTH: 'keys',
    AUTH_KEYS_FILE: keyFile,
    LOG_LEVEL: 'info',
    ...environment,
  })
  const url = /is ready at (\S+)\/graphql/.exec(gateway.output())?.[1] ?? ''
  const hooks = new URL('../test/typescript-hooks.mjs', import.meta.url).href
  const generator = fork(new URL('load-generator.ts', import.meta.url), { execArgv: ['--import', hooks] })
  // Callers are elsewhere: here they get what the gateway leaves of the machine.
  setPriority(generator.pid ?? 0, constants.priority.PRIORITY_BELOW_NORMAL)
  let loads = 0
  return {
    threescale,
    put: (caller, load) => {
      const id = ++loads
      const { promise, resolve } = Promise.withResolvers<LoadResult>()
      const hear = (message: unknown): void => {
        if ((message as LoadResult).id !== id) return
        generator.off('message', hear)
        resolve(message as LoadResult)
      }
      generator.on('message', hear)
      const common = { id, url: `${url}/graphql`, apiKey: keys[caller].text, rate: 0, thinkMs: 0 }
      const distinct = { isDistinct: true, countPrefix: '' }
      generator.send({ ...common, ...distinct, ...load } satisfies Load)
      return withCores(gateway, promise)
    },
    watchLiveness: async work => {
      let isOver = false
      let longest = 0
      const watch = async (): Promise<void> => {
        while (!isOver) {
          const start = performance.now()
          const { status } = await fetch(`${url}/healthz`)
          if (status !== 200) throw new Error(`liveness ${status}`)
          longest = Math.max(longest, performance.now() - start)
          await setTimeout(50)
        }
      }
      const watching = watch()
      const done = await work
      isOver = true
      await watching
      return [done, longest]
    },
    [Symbol.asyncDispose]: async () => {
      generator.kill()
      await gateway.end()
      await threescale.close()
      program[Symbol.dispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function withCores({ child }: GatewayProcess, result: Promise<LoadResult>): Promise<Measured> {
  const seconds = (): number => {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  const [cpu, start] = [seconds(), performance.now()]
  const done = await result
  return { result: done, cores: (seconds() - cpu) / ((performance.now() - start) / 1_000) }
}
