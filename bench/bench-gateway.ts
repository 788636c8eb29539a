import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeApiKey } from '../src/access/api-key.js'
import { hashOf } from '../src/access/key-hash.js'
import { startThreescale, type ThreescaleStandIn } from '../src/standin/threescale/start.js'
import { buildProgram, type GatewayProcess, startBuilt } from '../test/built-program.js'
import type { Load, LoadResult } from './load-generator.js'
import { LoadProcess } from './load-process.js'
import { askAsCrowd, type Crowd, type CrowdResult } from './wrk.js'

const CALLERS = ['quiet', 'noisy'] as const
export type BenchCaller = (typeof CALLERS)[number]

/** What came of a load, and what the gateway had of the cores meanwhile. */
export interface Measured<Result = LoadResult> {
  readonly result: Result
  /** All of it. */
  readonly cores: number
  /** The thread that answers alone. */
  readonly answering: number
}

/** What of a load is not the house's to say. */
export type BenchLoad = Partial<Load> & Pick<Load, 'query' | 'ms' | 'connections'>

/** A gateway in production, before a 3scale of this process; and whoever asks it, in processes of their own. */
export interface BenchHouse extends AsyncDisposable {
  readonly threescale: ThreescaleStandIn
  /** Puts a load on and waits for what comes of it. No request is the same as one before unless told so. */
  put(caller: BenchCaller, load: BenchLoad): Promise<Measured>
  /** The same by a process that does not wait for its turn: one that takes what is left of the machine measures its own waits. */
  observe(caller: BenchCaller, load: BenchLoad): Promise<LoadResult>
  /** Has very many ask. No request is the same as one before. */
  crowd(caller: BenchCaller, crowd: Omit<Crowd, 'url' | 'apiKey'>): Promise<Measured<CrowdResult>>
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
  const address = /is ready at (\S+)\/graphql/.exec(gateway.output())?.[1] ?? ''
  const url = `${address}/graphql`
  // Callers are elsewhere: here they get what the gateway leaves of the machine.
  const callers = new LoadProcess(constants.priority.PRIORITY_BELOW_NORMAL)
  const observer = new LoadProcess(constants.priority.PRIORITY_HIGH)
  const whole = (caller: BenchCaller, load: BenchLoad): Omit<Load, 'id'> => {
    const common = { url, apiKey: keys[caller].text, rate: 0, thinkMs: 0 }
    return { ...common, isDistinct: true, countPrefix: '', ...load }
  }
  return {
    threescale,
    put: (caller, load) => withCores(gateway, callers.put(whole(caller, load))),
    observe: (caller, load) => observer.put(whole(caller, load)),
    crowd: (caller, crowd) => withCores(gateway, askAsCrowd({ ...crowd, url, apiKey: keys[caller].text })),
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
      callers[Symbol.dispose]()
      observer[Symbol.dispose]()
      await gateway.end()
      await threescale.close()
      program[Symbol.dispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function withCores<Result>({ child }: GatewayProcess, result: Promise<Result>): Promise<Measured<Result>> {
  const seconds = (of: string): number => {
    const fields = readFileSync(`/proc/${child.pid}/${of}`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  const all = (): number => seconds('stat')
  const ofAnswering = (): number => seconds(`task/${child.pid}/stat`)
  const [cpu, answering, start] = [all(), ofAnswering(), performance.now()]
  const done = await result
  const passed = (performance.now() - start) / 1_000
  return { result: done, cores: (all() - cpu) / passed, answering: (ofAnswering() - answering) / passed }
}
