import type { Case } from '../peers/cases.js'
import { API_KEY, startGateway } from '../peers/gateway.js'
import { type LoadOutcome, runLoad } from '../peers/load.js'
import type { Site } from '../peers/measure.js'
import { cpuSecondsOf } from '../peers/processes.js'

/** Load with this many connections. */
export interface Concurrency extends LoadOutcome {
  readonly connections: number
  readonly cpuMs: number
}

/** Measures a gateway with each number of connections, one after the other. */
export async function measureConcurrency(
  site: Pick<Site, 'program' | 'folder' | 'standIns' | 'upstream' | 'seconds'>,
  { operation, settings }: Case,
  levels: readonly number[],
): Promise<readonly Concurrency[]> {
  const { program, folder, standIns, upstream, seconds } = site
  await using gateway = await startGateway(program, folder, standIns, upstream.url, settings)
  const load = { port: gateway.port, operation, apiKey: API_KEY.text, seconds }
  for (let round = 0; round < 2; round++) await runLoad({ ...load, connections: 16 })
  const results: Concurrency[] = []
  for (const connections of levels) {
    const before = cpuSecondsOf(gateway.pid)
    const outcome = await runLoad({ ...load, connections })
    const cpuSeconds = cpuSecondsOf(gateway.pid) - before
    results.push({ ...outcome, connections, cpuMs: (1_000 * cpuSeconds) / outcome.responses })
  }
  return results
}
