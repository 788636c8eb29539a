import { execFileSync, spawnSync } from 'node:child_process'
import { cpus, release } from 'node:os'
import { quantile } from '../quantile.js'
import { GOALS_HEAD } from '../results.js'
import type { Case } from './cases.js'
import type { LoadOutcome } from './load.js'
import type { CaseResult, Measured, Round } from './measure.js'
import { PEERS, versionOf } from './servers.js'

/** The goal of the long run: p99 in multiples of p50. */
const TAIL_GOAL = { number: 4, ratio: 4 }

/** The machine, the versions and how it was measured. */
export function formatHead(run: { rounds: number; seconds: number; tailcallProblem: string | null }): string {
  const peers = ['@apollo/server', 'type-graphql', 'fast-xml-parser', 'graphql', 'mercurius', 'graphql-yoga']
  const versions = [...peers, '@graphql-hive/gateway', '@tailcallhq/core-linux-x64-gnu'].map(
    name => `${name} ${versionOf(name)}`,
  )
  const lines = [
    `Measured on ${new Date().toISOString().slice(0, 10)} at ${commit()}.`,
    '',
    `- Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux ${release()}, Node ${process.versions.node}, ${toolVersion('nginx', ['-v'])}, ${toolVersion('wrk', ['-v'])}`,
    `- Peers: ${versions.join(', ')}`,
    `- Each server runs on core 0 in production mode; wrk and nginx, the static upstream, on core 1. ${run.rounds} rounds of ${run.seconds} s after two warm-up rounds, in alternating order. Answers are compared before.`,
    '- Billgraph: the built program with API key authentication, all limits, a log at info to /dev/null, and default settings but for those named. The peers have none of these.',
    '- JSON: the twin of the XML with all its fields, named as in GraphQL, so that no peer renames anything.',
    '- CPU: user and system time of the server’s processes per response, as median [lowest–highest]. The ratio is the peer’s CPU divided by Billgraph’s in the same round; above 1, Billgraph needs less.',
    ...(run.tailcallProblem === null ? [] : [`- Tailcall was skipped: ${run.tailcallProblem}.`]),
  ]
  return lines.join('\n')
}

/** Table of a case. */
export function formatCase(one: Case, result: CaseResult): string {
  const settings = Object.entries(one.settings).map(([name, value]) => `\`${name}=${value}\``)
  const rows = [...result].map(([name, measured]) => {
    const { rounds, residentMb } = measured
    return [
      name === 'billgraph' ? 'Billgraph' : PEERS[name],
      spread(rounds.map(({ cpuMs }) => cpuMs)),
      name === 'billgraph' ? '1' : spread(ratios(result, measured)),
      spread(rounds.map(({ requestsPerSecond }) => requestsPerSecond)),
      median(rounds.map(({ upstreamCalls }) => upstreamCalls)).toFixed(2),
      String(rounds.reduce((sum, { failed }) => sum + failed, 0)),
      residentMb.toFixed(0),
    ]
  })
  return [
    `### ${one.id}: ${one.title}`,
    '',
    `${one.connections} connections${settings.length === 0 ? '' : `; ${settings.join(', ')}`}.`,
    '',
    '| server | CPU ms per request | CPU ratio | requests/s | upstream calls per request | failed | resident MB |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(row => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}

/** Lines of the long run. */
export function formatTail(outcomes: readonly LoadOutcome[]): string {
  const rows = outcomes.map(({ p50Ms, p99Ms, responses, seconds, refused, broken }) => {
    const figures = [p50Ms.toFixed(1), p99Ms.toFixed(1), (p99Ms / p50Ms).toFixed(2), (responses / seconds).toFixed(0)]
    return `| ${seconds.toFixed(0)} | ${figures.join(' | ')} | ${refused} | ${broken} |`
  })
  return [
    '### tail: 64 connections, 20 invoices with lines in XML, distinct keys, no cache',
    '',
    '| seconds | p50 ms | p99 ms | p99/p50 | requests/s | refused | broken |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** A line for each goal of a case, or of the long run. */
export function formatGoals(
  ...[one, result]: [Case, CaseResult] | ['tail', readonly LoadOutcome[]]
): readonly string[] {
  if (one === 'tail') {
    const values = result.map(({ p50Ms, p99Ms }) => p99Ms / p50Ms)
    const failed = result.reduce((sum, { refused, broken }) => sum + refused + broken, 0)
    const isMet = values.every(value => value <= TAIL_GOAL.ratio) && failed === 0
    return [
      `| ${TAIL_GOAL.number} | p99/p50 at 64 connections | ≤ ${TAIL_GOAL.ratio}, none failed | ${spread(values)}, ${failed} failed | ${verdict(isMet, TAIL_GOAL.ratio / median(values))} |`,
    ]
  }
  return one.goals.map(({ number, peer, ratio }) => {
    const wanted = `| ${number} | ${one.id}, against ${PEERS[peer]} | ≥ ${ratio} ×`
    const measured = result.get(peer)
    if (!measured) return `${wanted} | not measured | – |`
    const values = ratios(result, measured)
    return `${wanted} | ${spread(values)} × | ${verdict(median(values) >= ratio, median(values) / ratio)} |`
  })
}

/** The whole section of results.md. */
export function formatSection(parts: readonly string[], goals: readonly string[]): string {
  const [head = '', ...cases] = parts
  return ['## Other servers', '', head, '', ...GOALS_HEAD, ...goals.toSorted(), '', ...cases].join('\n')
}

/** Ratios of CPU in the same round: the peer's to the gateway's. */
function ratios(result: CaseResult, { rounds }: Measured): readonly number[] {
  const own = result.get('billgraph')?.rounds ?? []
  return rounds.map(({ cpuMs }, index) => cpuMs / ((own[index] as Round | undefined)?.cpuMs ?? Number.NaN))
}

function verdict(isMet: boolean, share: number): string {
  const percent = Math.abs(share - 1) * 100
  return isMet ? `met, by ${percent.toFixed(0)} %` : `missed, by ${percent.toFixed(0)} %`
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** `0.93 [0.91–1.02]`: the median and the range. */
function spread(values: readonly number[]): string {
  const show = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
  return `${show(median(values))} [${show(Math.min(...values))}–${show(Math.max(...values))}]`
}

function commit(): string {
  try {
    return `commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim()}`
  } catch {
    return 'an unknown commit'
  }
}

/** `nginx 1.22.1`. The version may be on either output, with any status. */
function toolVersion(name: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' })
  return `${name} ${/\d+\.\d+[\d.]*/.exec(`${stdout}${stderr}`)?.[0] ?? 'of unknown version'}`
}
