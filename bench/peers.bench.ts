import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildProgram } from '../test/built-program.js'
import { publishBodies } from './peers/bodies.js'
import { createCases } from './peers/cases.js'
import { API_KEY, startGateway, startStandIns } from './peers/gateway.js'
import { measureCase, measureTail, type Site } from './peers/measure.js'
import { StaticUpstream } from './peers/nginx.js'
import { formatCase, formatGoals, formatHead, formatSection, formatTail } from './peers/report.js'
import { preparePeers, tailcallProblem } from './peers/servers.js'
import { writeSection } from './results.js'

// CPU per request of the built gateway and of other GraphQL servers, over the same static upstream. Start: `npm run bench:peers`, or
// `npm run bench:peers -- xml same` for some cases, which leaves results.md as it is. Needs Linux, two cores, nginx and wrk.
// TAILCALL_LIBC: a folder with a newer libc than the system's, for Tailcall: that of libc6 and libgcc-s1 of Debian 13, unpacked with
// `dpkg-deb -x` to one root. PEERS_ROUNDS and PEERS_SECONDS: 5 rounds of 1.5 s unless set. PEERS_TAIL_SECONDS: 30.

const rounds = Number(process.env.PEERS_ROUNDS ?? 5)
const seconds = Number(process.env.PEERS_SECONDS ?? 1.5)
const tailSeconds = Number(process.env.PEERS_TAIL_SECONDS ?? 30)
const now = new Date()

const all = createCases(now)
const [tailCase] = all
if (!tailCase) throw new Error('no cases')
const TAIL = 'tail'
const selected = process.argv.slice(2)
const unknown = selected.filter(id => id !== TAIL && !all.some(one => one.id === id))
if (unknown.length > 0) {
  throw new Error(`unknown case ${unknown.join(', ')}; expected: ${all.map(({ id }) => id).join(', ')}, ${TAIL}`)
}
const cases = selected.length === 0 ? all : all.filter(({ id }) => selected.includes(id))
const hasTail = selected.length === 0 || selected.includes(TAIL)

const folder = mkdtempSync(join(tmpdir(), 'billgraph-peers-'))
try {
  preparePeers(folder)
  const problem = tailcallProblem()
  if (problem !== null) process.stdout.write(`Tailcall is skipped: ${problem}\n`)
  const program = await buildProgram()
  await using standIns = await startStandIns(now)
  await using upstream = await StaticUpstream.start()
  {
    await using gateway = await startGateway(program, folder, standIns, null, { CACHE: 'off' })
    const operations = [...new Set([...cases, ...(hasTail ? [tailCase] : [])].map(({ operation }) => operation))]
    await publishBodies(upstream, standIns, gateway.port, API_KEY.text, operations)
  }
  const site: Site = { program, folder, standIns, upstream, rounds, seconds, hasTailcall: problem === null }
  const parts: string[] = [formatHead({ rounds, seconds, tailcallProblem: problem })]
  const goals: string[] = []
  for (const one of cases) {
    const result = await measureCase(site, one)
    parts.push(formatCase(one, result))
    goals.push(...formatGoals(one, result))
    process.stdout.write(`${parts.at(-1)}\n`)
  }
  if (hasTail) {
    const tail = await measureTail(site, tailCase, tailSeconds)
    parts.push(formatTail(tail))
    goals.push(...formatGoals('tail', tail))
    process.stdout.write(`${parts.at(-1)}\n`)
  }
  process.stdout.write(`${goals.join('\n')}\n`)
  if (selected.length === 0) writeSection('bench:peers', formatSection(parts, goals))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
