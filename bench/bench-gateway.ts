import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeApiKey } from '../src/access/api-key.js'
import { hashOf } from '../src/access/key-hash.js'
import { startThreescale, type ThreescaleStandIn } from '../src/standin/threescale/start.js'
import { type BuiltProgram, buildProgram, type GatewayProcess, startBuilt } from '../test/built-program.js'
import type { Load, LoadResult } from './load-generator.js'
import { LoadProcess } from './load-process.js'
import { runWrk, type WrkLoad, type WrkResult } from './wrk.js'

const CALLERS = ['quiet', 'noisy'] as const
export type BenchCaller = (typeof CALLERS)[number]

/** The result of a load, and the gateway's CPU use meanwhile. */
export interface Measured<Result = LoadResult> {
  readonly result: Result
  /** Seconds of CPU time, user and system, of all threads. */
  readonly cpuSeconds: number
  /** The same per second of the measurement. */
  readonly cores: number
}

/** A load whose address, credential and optional parts the bench gateway fills in. */
export type BenchLoad = Partial<Load> & Pick<Load, 'query' | 'ms' | 'connections'>

/** A gateway in production mode as a process of its own, a 3scale stand-in in this process, and load generators in other processes. */
export interface BenchGateway extends AsyncDisposable {
  readonly threescale: ThreescaleStandIn
  /** Runs a load. Each request differs from those before unless the load says otherwise. */
  load(caller: BenchCaller, load: BenchLoad): Promise<Measured>
  /** Runs a load from a process with high priority, so that its latencies do not include waits for a core. */
  probe(caller: BenchCaller, load: BenchLoad): Promise<LoadResult>
  /** Runs a load of many connections with wrk. */
  wrk(caller: BenchCaller, load: Omit<WrkLoad, 'url' | 'apiKey'>): Promise<Measured<WrkResult>>
  /** Checks liveness during the work. @returns the work's result and the longest check, in ms */
  watchLiveness<T>(work: Promise<T>): Promise<readonly [T, number]>
}

/** What differs from the usual bench gateway. */
export interface BenchOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Builds the program; the present checkout unless given. */
  readonly build?: () => Promise<BuiltProgram & Partial<Disposable>>
}

/** Builds and starts everything. Bills are fresh for an hour unless the environment says otherwise. */
export async function startBenchGateway({
  environment = {},
  build = buildProgram,
}: BenchOptions = {}): Promise<BenchGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-bench-'))
  const keys = { quiet: makeApiKey(), noisy: makeApiKey() }
  const holders = CALLERS.map(name => {
    const { id } = keys[name]
    const key = { id, sha256: hashOf(keys[name]), createdAt: new Date().toISOString(), validUntil: null }
    return { name, scopes: ['billing:read'], projects: '*', prefixes: '*', buyers: '*', keys: [key] }
  })
  const keyFile = join(folder, 'keys.json')
  writeFileSync(keyFile, JSON.stringify({ version: 1, holders }))
  const program = await build()
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
  const address = /is ready at (\S+)\/graphql/.exec(gateway.output())?.[1] ?? ''
  const url = `${address}/graphql`
  // Real clients run on other machines. Here they get what the gateway leaves of the cores.
  const clients = new LoadProcess(constants.priority.PRIORITY_BELOW_NORMAL)
  const prober = new LoadProcess(constants.priority.PRIORITY_HIGH)
  const complete = (caller: BenchCaller, load: BenchLoad): Omit<Load, 'id'> => {
    const defaults = { url, apiKey: keys[caller].text, rate: 0, thinkMs: 0, isDistinct: true, countPrefix: '' }
    return { ...defaults, ...load }
  }
  return {
    threescale,
    load: (caller, load) => measureCpu(gateway, clients.run(complete(caller, load))),
    probe: (caller, load) => prober.run(complete(caller, load)),
    wrk: (caller, load) => measureCpu(gateway, runWrk({ ...load, url, apiKey: keys[caller].text })),
    watchLiveness: async work => {
      let isOver = false
      let longest = 0
      const watch = async (): Promise<void> => {
        while (!isOver) {
          const start = performance.now()
          const { status } = await fetch(`${address}/healthz`)
          if (status !== 200) throw new Error(`liveness ${status}`)
          longest = Math.max(longest, performance.now() - start)
          await setTimeout(50)
        }
      }
      const watching = watch()
      const done = await work.finally(async () => {
        isOver = true
        await watching
      })
      return [done, longest]
    },
    [Symbol.asyncDispose]: async () => {
      clients[Symbol.dispose]()
      prober[Symbol.dispose]()
      await gateway.end()
      await threescale.close()
      program[Symbol.dispose]?.()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function measureCpu<Result>({ child }: GatewayProcess, result: Promise<Result>): Promise<Measured<Result>> {
  // Nanoseconds on a core are the first figure of each thread.
  const cpu = (): number => {
    const threads = readdirSync(`/proc/${child.pid}/task`)
    const texts = threads.map(id => readFileSync(`/proc/${child.pid}/task/${id}/schedstat`, 'utf8'))
    return texts.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e9
  }
  const [before, start] = [cpu(), performance.now()]
  const done = await result
  const cpuSeconds = cpu() - before
  return { result: done, cpuSeconds, cores: cpuSeconds / ((performance.now() - start) / 1_000) }
}
