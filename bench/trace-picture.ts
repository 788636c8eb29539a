import { writeFileSync } from 'node:fs'
import { buildProgram, startBuilt } from '../test/built-program.js'
import { type ReceivedSpan, startOtlpServer } from '../test/server/observability/otlp-server.js'

// Draws the trace of one request, as an OTLP server receives it from the built gateway. The request needs both upstreams, and one of
// the bills that it reads is cached. Start: `npm run trace:picture`, which writes docs/images/trace.svg.

const FILE = new URL('../docs/images/trace.svg', import.meta.url)
const BILL = 'customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount } } }'
const OTHER = 'quotation { total { net { amount } } }'
const QUERY = `query MonthEnd { ${BILL} ${OTHER} invoices(filter: { source: THREESCALE }, first: 5) { nodes { id } } }`

/** Pixels. */
const [ROW, LEFT, WIDTH, TOP] = [26, 400, 500, 58]

const COLOURS: Readonly<Record<string, string>> = {
  request: '#5b6770',
  field: '#3b6ea5',
  cache: '#c98a1b',
  upstream: '#2f8f6b',
}

const spans = await record()
writeFileSync(FILE, draw(spans))
process.stdout.write(`${spans.length} spans, in docs/images/trace.svg\n`)

/** The spans of the last of two requests. */
async function record(): Promise<readonly ReceivedSpan[]> {
  await using otlp = await startOtlpServer()
  const program = await buildProgram()
  const gateway = await startBuilt(program, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url })
  await gateway.ask(`{ ${BILL} }`)
  await gateway.ask(QUERY)
  await gateway.end()
  const last = otlp.spans.find(({ name }) => name === 'query MonthEnd')
  return otlp.spans.filter(({ traceId }) => traceId === last?.traceId)
}

/** Rows in the order of a tree: each span, then its children by their start. */
function rowsOf(all: readonly ReceivedSpan[], parentId = '', depth = 0): readonly (readonly [ReceivedSpan, number])[] {
  const children = all.filter(span => span.parentId === parentId).toSorted((a, b) => a.startMs - b.startMs)
  return children.flatMap(span => [[span, depth] as const, ...rowsOf(all, span.spanId, depth + 1)])
}

function draw(all: readonly ReceivedSpan[]): string {
  const rows = rowsOf(all)
  const start = Math.min(...all.map(({ startMs }) => startMs))
  const length = Math.max(...all.map(({ endMs }) => endMs)) - start
  const height = TOP + rows.length * ROW + 16
  const x = (ms: number): number => LEFT + ((ms - start) / length) * WIDTH
  const bars = rows.map(([span, depth], index) => bar(span, { depth, y: TOP + index * ROW, x }))
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(part => {
    const at = LEFT + part * WIDTH
    return `<line x1="${at}" x2="${at}" y1="${TOP - 8}" y2="${height - 12}" stroke="#d7dce0"/><text x="${at}" y="${TOP - 14}" text-anchor="middle" fill="#5b6770">${(part * length).toFixed(0)} ms</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 90} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Trace of one request">
<rect width="100%" height="100%" fill="#fff"/>
<text x="16" y="24" font-size="15" font-weight="600" fill="#1f2933">One request: both upstreams, and a bill from the cache</text>
${[...ticks, ...bars].join('\n')}
</svg>
`
}

interface Place {
  readonly depth: number
  readonly y: number
  readonly x: (ms: number) => number
}

function bar({ name, kind, startMs, endMs, attributes }: ReceivedSpan, { depth, y, x }: Place): string {
  const outcome = attributes['billgraph.cache.outcome']
  const sort = kind === 3 ? 'upstream' : outcome ? 'cache' : depth < 2 ? 'request' : 'field'
  const width = Math.max(x(endMs) - x(startMs), 2).toFixed(1)
  const time = `${(endMs - startMs).toFixed(1)} ms`
  return [
    `<text x="${16 + depth * 14}" y="${y + 13}" fill="#1f2933">${escapeXml(name)}${outcome ? `: ${outcome}` : ''}</text>`,
    `<rect x="${x(startMs).toFixed(1)}" y="${y + 2}" width="${width}" height="14" rx="2" fill="${COLOURS[sort]}"/>`,
    `<text x="${(x(endMs) + 6).toFixed(1)}" y="${y + 13}" fill="#5b6770">${time}</text>`,
  ].join('')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
