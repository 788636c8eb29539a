import { nameOf } from '../transitions.js'
import { CrashServer } from './crash-server.js'
import { connectTo } from './crashing-gateway.js'
import { runOnce } from './run.js'

/** What many runs have shown. */
export interface RunsReport {
  /** What is wrong, with the number of the run; `[]` for nothing. */
  readonly findings: readonly string[]
  /** How often each transition was observed. */
  readonly transitions: ReadonlyMap<string, number>
}

/** The server is a new one after this many runs: its invoices become too many to search. */
const RUNS_PER_SERVER = 100

/** Runs `count` runs from number `from` on, until one of them finds something. */
export async function crashRuns(seed: number, from: number, count: number): Promise<RunsReport> {
  const transitions = new Map<string, number>()
  const findings: string[] = []
  for (let start = from; start < from + count && findings.length === 0; start += RUNS_PER_SERVER) {
    await using server = await CrashServer.start()
    const client = connectTo(server)
    const end = Math.min(start + RUNS_PER_SERVER, from + count)
    for (let index = start; index < end && findings.length === 0; index++) {
      const report = await runOnce(server, client.threescale, seed, index)
      findings.push(...report.findings.map(finding => `seed ${seed}, run ${index}: ${finding}`))
      for (const name of report.transitions.map(nameOf)) transitions.set(name, (transitions.get(name) ?? 0) + 1)
    }
    await client.close()
  }
  return { findings, transitions }
}
