import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuiltProgram } from '../../test/built-program.js'
import { type Case, normalise } from './cases.js'
import { API_KEY, type StandIns, startGateway } from './gateway.js'
import { ask, keyOf, type LoadOutcome, type Operation, runLoad } from './load.js'
import type { StaticUpstream } from './nginx.js'
import { cpuSecondsOf, residentMbOf } from './processes.js'
import { type PeerName, type Server, startPeer } from './servers.js'

/** What all cases share. */
export interface Site {
  readonly program: BuiltProgram
  /** Folder for files. */
  readonly folder: string
  readonly standIns: StandIns
  readonly upstream: StaticUpstream
  readonly rounds: number
  readonly seconds: number
  readonly hasTailcall: boolean
}

/** A server of a case. `billgraph` is the gateway. */
export type ServerName = PeerName | 'billgraph'

/** One round of one server. */
export interface Round {
  readonly cpuMs: number
  readonly requestsPerSecond: number
  readonly upstreamCalls: number
  readonly failed: number
}

/** Rounds of a server, and its memory after them. */
export interface Measured {
  readonly rounds: readonly Round[]
  readonly residentMb: number
}

/** The gateway first, then the peers. */
export type CaseResult = ReadonlyMap<ServerName, Measured>

interface Contestant {
  readonly name: ServerName
  readonly server: Server
  readonly operation: Operation
  readonly rounds: Round[]
}

/** Connections of the long run. */
const TAIL_CONNECTIONS = 64
const TAIL_ROUNDS = 2
const WARM_UP_ROUNDS = 2

/** Compares the answers, then measures in rounds of alternating direction. @throws Error when two answers differ */
export async function measureCase(site: Site, one: Case): Promise<CaseResult> {
  await using stack = new AsyncDisposableStack()
  const contestants = await startContestants(site, one, stack)
  await compareAnswers(contestants)
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    for (const contestant of contestants) await measureRound(site, one, contestant)
  }
  for (const { rounds } of contestants) rounds.length = 0
  for (let round = 0; round < site.rounds; round++) {
    const order = round % 2 === 0 ? contestants : contestants.toReversed()
    for (const contestant of order) await measureRound(site, one, contestant)
  }
  return new Map(
    contestants.map(({ name, rounds, server }) => [name, { rounds, residentMb: residentMbOf(server.pid) }]),
  )
}

/** Latencies of the gateway with many connections over a longer time. */
export async function measureTail(site: Site, one: Case, seconds: number): Promise<readonly LoadOutcome[]> {
  const { operation, settings } = one
  await using gateway = await startGateway(site.program, site.folder, site.standIns, site.upstream.url, settings)
  const load = {
    port: gateway.port,
    operation,
    apiKey: API_KEY.text,
    connections: TAIL_CONNECTIONS,
  }
  await runLoad({ ...load, seconds: Math.ceil(seconds / 5) })
  const outcomes: LoadOutcome[] = []
  for (let round = 0; round < TAIL_ROUNDS; round++) outcomes.push(await runLoad({ ...load, seconds }))
  return outcomes
}

async function startContestants(
  site: Site,
  { settings, operation, peerOperation, peers }: Case,
  stack: AsyncDisposableStack,
): Promise<readonly Contestant[]> {
  const { program, folder, standIns, upstream } = site
  const gateway = stack.use(await startGateway(program, folder, standIns, upstream.url, settings))
  const body = join(folder, 'answer')
  writeFileSync(body, await ask(gateway.port, operation, keyOf(operation, 0), API_KEY.text))
  const contestants: Contestant[] = [{ name: 'billgraph', server: gateway, operation, rounds: [] }]
  for (const name of peers) {
    if (name === 'tailcall' && !site.hasTailcall) continue
    const server = stack.use(await startPeer(name, upstream.url, folder, body))
    // `hello` responds with the gateway's bytes to the gateway's request.
    contestants.push({ name, server, operation: name === 'hello' ? operation : peerOperation, rounds: [] })
  }
  return contestants
}

async function compareAnswers(contestants: readonly Contestant[]): Promise<void> {
  const count = contestants[0]?.operation.count ?? 0
  for (const at of new Set([0, Math.floor(Math.min(count, 200) / 2), Math.min(count, 200) - 1])) {
    let expected: string | undefined
    for (const { name, server, operation } of contestants) {
      const answer = normalise(await ask(server.port, operation, keyOf(operation, at), API_KEY.text))
      expected ??= answer
      if (answer !== expected) throw new Error(`${name} has another answer:\n${answer}\nexpected:\n${expected}`)
    }
  }
}

async function measureRound({ upstream, seconds }: Site, one: Case, contestant: Contestant): Promise<void> {
  const { server, operation, rounds } = contestant
  const [cpu, calls] = [cpuSecondsOf(server.pid), await upstream.countRequests()]
  const outcome = await runLoad({
    port: server.port,
    operation,
    apiKey: API_KEY.text,
    connections: one.connections,
    seconds,
  })
  const cpuSeconds = cpuSecondsOf(server.pid) - cpu
  const { responses, refused, broken } = outcome
  rounds.push({
    cpuMs: (1_000 * cpuSeconds) / responses,
    requestsPerSecond: responses / outcome.seconds,
    upstreamCalls: ((await upstream.countRequests()) - calls) / responses,
    failed: refused + broken,
  })
}
