import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stopFreezing } from '../src/upstream/decoding/deep-freeze.js'
import { buildProgram } from '../test/built-program.js'
import { type Concurrency, measureConcurrency } from './growth/concurrency.js'
import { measureInvoices } from './growth/invoices.js'
import { measureLines } from './growth/lines.js'
import { formatSpread, medianOf, type Point } from './growth/measurement.js'
import { type Memory, measureMemory } from './growth/memory.js'
import { plot } from './growth/plot.js'
import { publishBodies } from './peers/bodies.js'
import { createCases } from './peers/cases.js'
import { API_KEY, startGateway, startStandIns } from './peers/gateway.js'
import { StaticUpstream } from './peers/nginx.js'
import { GOALS_HEAD, writeSection } from './results.js'

// How the cost of lines, invoices, connections and memory grows. Writes its section of results.md, and growth.svg. Start: `npm run bench:growth`. Needs
// Linux, two cores, nginx and wrk. GROWTH_MAX_LINES, GROWTH_MAX_INVOICES, GROWTH_ROUNDS, GROWTH_SECONDS: a million, a hundred thousand,
// 3 rounds, and 2 s per number of connections, unless set. With other values nothing is written.

const changed = Object.keys(process.env).some(name => name.startsWith('GROWTH_'))
const maxLines = Number(process.env.GROWTH_MAX_LINES ?? 1e6)
const maxInvoices = Number(process.env.GROWTH_MAX_INVOICES ?? 1e5)
const rounds = Number(process.env.GROWTH_ROUNDS ?? 3)
const seconds = Number(process.env.GROWTH_SECONDS ?? 2)
const now = new Date()

const LEVELS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
/** The largest difference of the cost per line or invoice that counts as flat. */
const FLAT = 0.2
const MAX_LOOKUP = 20

const powers = (from: number, to: number): readonly number[] =>
  [1e2, 1e3, 1e4, 1e5, 1e6].filter(size => size >= from && size <= to)

// As in production.
stopFreezing()
const lines = await measureLines(powers(1e2, maxLines), rounds)
const invoices = await measureInvoices(powers(1e2, maxInvoices), rounds)
const { concurrency, memory } = await measureGateway()

const text = [
  '## Growth',
  '',
  `Measured on ${now.toISOString().slice(0, 10)} by \`npm run bench:growth\`, Node ${process.versions.node}; medians of ${rounds} rounds [lowest–highest].`,
  '',
  '![How cost grows](growth.svg)',
  '',
  ...GOALS_HEAD,
  formatFlat(
    'CPU per line from 10³ lines on',
    lines.reading.filter(({ size }) => size >= 1e3),
  ),
  formatFlat('CPU per invoice', invoices),
  formatLookup(lines.lookup.at(-1)),
  '',
  'A bill of Distil, in one process on its main thread: the gateway accepts no body of a million lines over HTTP. From bytes to the first customer’s cost, and a further customer’s cost on the same bill:',
  '',
  '| lines | CPU µs per line | CPU µs per new prefix |',
  '| --- | --- | --- |',
  ...lines.reading.map(({ size, values }, index) => {
    return `| ${size} | ${formatSpread(values)} | ${formatSpread(lines.lookup[index]?.values ?? [])} |`
  }),
  '',
  'A list of 3scale invoices with four lines each, read whole in pages of 100 by the loader’s walk, in one process:',
  '',
  '| invoices | CPU µs per invoice |',
  '| --- | --- |',
  ...invoices.map(({ size, values }) => `| ${size} | ${formatSpread(values)} |`),
  '',
  'The built gateway over HTTP, 20 invoices with lines in XML, distinct keys, no cache, on one core:',
  '',
  '| connections | CPU ms per request | requests/s | p50 ms | p99 ms | refused | broken |',
  '| --- | --- | --- | --- | --- | --- | --- |',
  ...concurrency.map(formatConcurrency),
  '',
  ...formatMemory(memory),
  '',
].join('\n')
process.stdout.write(text)
if (!changed) {
  writeSection('bench:growth', text)
  const panels = [
    { name: 'A bill, to the first cost', axis: 'lines', unit: 'CPU µs per line', points: lines.reading },
    { name: 'A list of invoices', axis: 'invoices', unit: 'CPU µs per invoice', points: invoices },
    {
      name: 'Concurrency',
      axis: 'connections',
      unit: 'CPU ms per request',
      points: concurrency.map(({ connections, cpuMs }) => ({ size: connections, values: [cpuMs] })),
    },
  ]
  writeFileSync(fileURLToPath(new URL('growth.svg', import.meta.url)), plot(panels))
}

async function measureGateway(): Promise<{
  readonly concurrency: readonly Concurrency[]
  readonly memory: Memory
}> {
  const page = createCases(now).find(({ id }) => id === 'xml')
  if (!page) throw new Error('no case xml')
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-growth-'))
  try {
    const program = await buildProgram()
    await using standIns = await startStandIns(now)
    await using upstream = await StaticUpstream.start()
    {
      await using gateway = await startGateway(program, folder, standIns, null, page.settings)
      await publishBodies(upstream, standIns, gateway.port, API_KEY.text, [page.operation])
    }
    const site = { program, folder, standIns, upstream, seconds }
    return { concurrency: await measureConcurrency(site, page, LEVELS), memory: await measureMemory(site, page) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function formatFlat(name: string, points: readonly Point[]): string {
  const medians = points.map(medianOf)
  const [first = Number.NaN] = medians
  const worst = medians.reduce((most, value) => Math.max(most, Math.abs(value / first - 1)), 0)
  const verdict = worst <= FLAT ? 'met' : `missed, by ${((worst - FLAT) * 100).toFixed(0)} points`
  return `| 6 | ${name} | within ${FLAT * 100} % of the first | ${(worst * 100).toFixed(0)} % at most | ${verdict} |`
}

function formatLookup(point: Point | undefined): string {
  const { size = 0, values = [] } = point ?? {}
  const median = point ? medianOf(point) : Number.NaN
  const verdict = median <= MAX_LOOKUP ? 'met' : `missed, by ${((median / MAX_LOOKUP - 1) * 100).toFixed(0)} %`
  return `| 6 | \`customerCost\` of a new prefix over ${size} lines | ≤ ${MAX_LOOKUP} µs | ${formatSpread(values)} µs | ${verdict} |`
}

function formatConcurrency(load: Concurrency): string {
  const { connections, cpuMs, responses, p50Ms, p99Ms, refused, broken } = load
  const figures = [cpuMs.toFixed(2), (responses / load.seconds).toFixed(0), p50Ms.toFixed(1), p99Ms.toFixed(1)]
  return `| ${connections} | ${figures.join(' | ')} | ${refused} | ${broken} |`
}

function formatMemory(memory: Memory): readonly string[] {
  const { residentAtRest, heapAtRest, perThousandInvoices, invoices: cached } = memory
  return [
    `Memory, after garbage collection; ${cached} cached invoices of four lines:`,
    '',
    '| | MB |',
    '| --- | --- |',
    `| resident, at rest | ${residentAtRest.toFixed(0)} |`,
    `| heap and buffers, at rest | ${heapAtRest.toFixed(1)} |`,
    `| heap and buffers, per 1,000 cached invoices | ${perThousandInvoices.toFixed(2)} |`,
  ]
}
