import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** Where the configuration that ships is. */
export const DEPLOYED = new URL('../../../deploy/prometheus/', import.meta.url).pathname

/** True when this machine has Prometheus. CI must have it. */
export const hasPrometheus = process.env.CI === 'true' || spawnSync('prometheus', ['--version']).status === 0

if (!hasPrometheus) process.stderr.write('skipped: tests with a real Prometheus (apt-get install prometheus)\n')

/** A sample: the labels of a series and its value. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [time: number, value: string]
}

/** A rule as Prometheus has evaluated it. */
export interface EvaluatedRule {
  readonly name: string
  readonly query: string
  readonly health: 'ok' | 'err' | 'unknown'
  readonly lastError?: string
}

/** A Prometheus of one test run. */
export interface TestPrometheus extends AsyncDisposable {
  /** The present samples of an expression. Throws when it is invalid. */
  query(expression: string): Promise<readonly Sample[]>
  rules(): Promise<readonly EvaluatedRule[]>
}

/** Starts Prometheus with the configuration that ships. It scrapes the given host and port instead, each second. */
export async function startPrometheus(target: string): Promise<TestPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-prometheus-'))
  copyFileSync(join(DEPLOYED, 'alerts.yml'), join(folder, 'alerts.yml'))
  const shipped = readFileSync(join(DEPLOYED, 'prometheus.yml'), 'utf8')
  const config = shipped.replaceAll('15s', '1s').replace('billgraph:9464', target)
  writeFileSync(join(folder, 'prometheus.yml'), config)
  const child = spawn(
    'prometheus',
    ['--config.file=prometheus.yml', '--storage.tsdb.path=data', '--web.listen-address=127.0.0.1:0'],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(child, 'exit')
  const address = await addressOf(child)
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${address}/api/v1/${path}`)
    const { data, error } = (await response.json()) as { data: T; error?: string }
    if (error !== undefined) throw new Error(`${path}: ${error}`)
    return data
  }
  return {
    query: async expression => {
      const { result } = await ask<{ result: readonly Sample[] }>(`query?query=${encodeURIComponent(expression)}`)
      return result
    },
    rules: async () => {
      const { groups } = await ask<{ groups: readonly { readonly rules: readonly EvaluatedRule[] }[] }>('rules')
      return groups.flatMap(({ rules }) => rules)
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs promtool in the folder that ships. @returns everything it printed; throws that when it fails */
export async function promtool(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('promtool', args, { cwd: DEPLOYED })
  return stdout + stderr
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('prometheus has no output')
  const lines: string[] = []
  let address: string | undefined
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line)
    address ??= /msg="Listening on" address=(\S+)/.exec(line)?.[1]
    if (address === undefined || !line.includes('Server is ready to receive web requests')) continue
    child.stderr.resume()
    return `http://${address}`
  }
  throw new Error(lines.join('\n'))
}
