import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeApiKey } from '../src/access/api-key.js'
import { hashOf } from '../src/access/key-hash.js'
import { startThreescale } from '../src/standin/threescale/start.js'
import { buildProgram, type GatewayProcess, startBuilt } from '../test/built-program.js'
import type { Load, LoadResult } from './load-generator.js'
import { quantile } from './quantile.js'

// A gateway as a process of its own, and callers in another. First as many as it can answer, which is the peak; then ten times that
// many a second, in turns. Then a quiet caller alone, and beside a noisy one who sends nineteen of twenty requests or more, in turns.
// Start: `npm run bench:overload`, `npm run bench:overload -- 20` for 20 s of overload a round.

const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = 2
const TIMES = 10
const QUERY =
  '{ invoices(first: 20) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }'
const CALLERS = ['quiet', 'noisy'] as const
type Caller = (typeof CALLERS)[number]

const folder = mkdtempSync(join(tmpdir(), 'billgraph-bench-'))
const keys = { quiet: makeApiKey(), noisy: makeApiKey() }
const holders = CALLERS.map(name => {
  const { id } = keys[name]
  const key = { id, sha256: hashOf(keys[name]), createdAt: new Date().toISOString(), validUntil: null }
  return { name, scopes: ['billing:read'], projects: '*', prefixes: '*', buyers: '*', keys: [key] }
})
const keyFile = join(folder, 'keys.json')
writeFileSync(keyFile, JSON.stringify({ version: 1, holders }))

let loads = 0

/** Puts a load on and waits for what comes of it. */
function put(
  generator: ChildProcess,
  gateway: GatewayProcess,
  caller: Caller,
  load: Partial<Load> & Pick<Load, 'ms' | 'connections'>,
): Promise<LoadResult> {
  const id = ++loads
  const result = new Promise<LoadResult>(resolve => {
    const hear = (message: unknown): void => {
      if ((message as LoadResult).id !== id) return
      generator.off('message', hear)
      resolve(message as LoadResult)
    }
    generator.on('message', hear)
  })
  const url = /is ready at (\S+\/graphql)/.exec(gateway.output())?.[1] ?? ''
  generator.send({ id, url, apiKey: keys[caller].text, query: QUERY, rate: 0, thinkMs: 0, ...load } satisfies Load)
  return result
}

/** What came of a load, and what the gateway's process had of a core meanwhile. */
interface Measured {
  readonly result: LoadResult
  readonly cores: number
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

/** The longest that liveness took, in ms, while the work went on. */
async function watchLiveness<T>(gateway: GatewayProcess, work: Promise<T>): Promise<readonly [T, number]> {
  const url = /is ready at (\S+)\/graphql/.exec(gateway.output())?.[1] ?? ''
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
}

const answered = ({ ms }: LoadResult): readonly number[] => ms[200] ?? []
/** Of those that came last: the first ones still have the crowd's queue before them. */
const lateHalf = (result: LoadResult): readonly number[] => answered(result).slice(answered(result).length / 2)
const refused = ({ ms }: LoadResult): readonly number[] => ms[503] ?? []
const others = ({ ms }: LoadResult): number =>
  Object.entries(ms).reduce((sum, [status, all]) => sum + (status === '200' || status === '503' ? 0 : all.length), 0)
const rateOf = (result: LoadResult): number => answered(result).length / result.seconds
const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const show = (value: number): string => value.toFixed(1)

async function overload(generator: ChildProcess, gateway: GatewayProcess): Promise<number> {
  let peak = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const { result: calm, cores } = await withCores(
      gateway,
      put(generator, gateway, 'noisy', { ms: 5_000, connections: 16 }),
    )
    peak = rateOf(calm)
    print(`peak: ${show(peak)} answers/s, p99 ${show(quantile(answered(calm), 0.99))} ms; ${cores.toFixed(2)} cores`)
    const load = { ms: SECONDS * 1_000, connections: 2_000, rate: peak * TIMES }
    const storming = withCores(gateway, put(generator, gateway, 'noisy', load))
    const [{ result: storm, cores: stormCores }, liveness] = await watchLiveness(gateway, storming)
    const asked = (answered(storm).length + refused(storm).length) / storm.seconds
    print(
      `overload: ${show(asked / peak)} x the peak answered or refused (${storm.unsent} found no connection); ${stormCores.toFixed(2)} cores; ` +
        `goodput ${show((100 * rateOf(storm)) / peak)} % of the peak, ${show((100 * rateOf(storm) * cores) / (peak * stormCores))} % of it a CPU second; answers of the second half p50 ${show(quantile(lateHalf(storm), 0.5))} ms, p99 ${show(quantile(lateHalf(storm), 0.99))} ms; ` +
        `refusals p50 ${show(quantile(refused(storm), 0.5))} ms, p99 ${show(quantile(refused(storm), 0.99))} ms; ` +
        `other answers ${others(storm)}; liveness at the most ${show(liveness)} ms`,
    )
    await setTimeout(1_000)
  }
  return peak
}

async function noise(generator: ChildProcess, gateway: GatewayProcess, peak: number): Promise<void> {
  const quietly = { ms: SECONDS * 1_000, connections: 2, thinkMs: 40 }
  const ratios: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const alone = await put(generator, gateway, 'quiet', quietly)
    const noisy = put(generator, gateway, 'noisy', { ms: SECONDS * 1_000, connections: 1_000, rate: peak * 3 })
    const beside = await put(generator, gateway, 'quiet', quietly)
    const noise = await noisy
    const sum = (result: LoadResult): number => answered(result).length + refused(result).length
    const [before, after] = [alone, beside].map(result => quantile(answered(result), 0.99))
    ratios.push((after ?? 0) / (before ?? 0))
    print(
      `quiet alone: p50 ${show(quantile(answered(alone), 0.5))}, p99 ${show(before ?? 0)} ms; beside ${show((100 * sum(noise)) / (sum(noise) + sum(beside)))} % ` +
        `noise (${refused(noise).length} of ${sum(noise)} refused): p50 ${show(quantile(answered(beside), 0.5))}, p99 ${show(after ?? 0)} ms, ` +
        `ratio ${show(ratios.at(-1) ?? 0)}; noisy's own p50 ${show(quantile(answered(noise), 0.5))} ms; quiet's refusals ${refused(beside).length} of ${sum(beside)}, other answers ${others(beside)}`,
    )
  }
}

await using program = await buildProgram()
await using threescale = await startThreescale({})
const gateway = await startBuilt(program, {
  THREESCALE_URL: threescale.url,
  THREESCALE_ACCESS_TOKEN: threescale.accessToken,
  CACHE_THREESCALE_INVOICES: '3600,7200,86400',
  CACHE_THREESCALE_CATALOG: '3600,7200,86400',
  NODE_ENV: 'production',
  AUTH: 'keys',
  AUTH_KEYS_FILE: keyFile,
  LOG_LEVEL: 'info',
})
const hooks = new URL('../test/typescript-hooks.mjs', import.meta.url).href
const generator = fork(new URL('load-generator.ts', import.meta.url), { execArgv: ['--import', hooks] })
try {
  await put(generator, gateway, 'quiet', { ms: 4_000, connections: 8 })
  const peak = await overload(generator, gateway)
  await noise(generator, gateway, peak)
} finally {
  generator.kill()
  await gateway.end()
  rmSync(folder, { recursive: true, force: true })
}
