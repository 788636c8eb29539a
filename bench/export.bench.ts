import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { buildProgram, startBuilt } from '../test/built-program.js'

// The memory of a gateway process while it exports a million lines of 3scale's invoices over HTTP. The upstream is one page of a hundred
// invoices of a hundred lines, sent under new ids again and again. Start: `npm run bench:export`, or with the kind: `-- lines.csv`.

const [file = 'focus.csv'] = process.argv.slice(2)
const [INVOICES_PER_PAGE, LINES_EACH, MONTHS, PAGES_PER_MONTH] = [100, 100, 10, 10]

function lineOf(id: number): string {
  return `<line-item><id>${id}</id><name>Hits of line ${id}</name><description>metered, July</description><quantity>3</quantity><cost>12.5</cost><type>LineItem::VariableCost</type><metric_id>801</metric_id><contract_id>501</contract_id><contract_type>Cinstance</contract_type><plan_id>31</plan_id></line-item>`
}

const party = (id: number, name: string) =>
  `<id>${id}</id><org_name>${name}</org_name><address>1 Main Street</address><city>Wellington</city><state></state><country>NZ</country><phone></phone><zip>6011</zip>`

const lines = Array.from({ length: LINES_EACH }, (_, index) => lineOf(index + 1)).join('')

function pageOf(month: string, page: number): string {
  const first = Number(month.replace('-', '')) * 1_000_000 + page * INVOICES_PER_PAGE
  const invoices = Array.from(
    { length: INVOICES_PER_PAGE },
    (_, index) =>
      `<invoice version="1.0"><id>${first + index}</id><friendly_id>${month}-${String(first + index).slice(-8)}</friendly_id><creation_type>background</creation_type><state>unpaid</state><paid_at></paid_at><due_on>${month}-20</due_on><issued_on>${month}-03</issued_on><currency>NZD</currency><cost>1437.5</cost><vat_rate>15.0</vat_rate><vat_amount>187.5</vat_amount><cost_without_vat>1250.0</cost_without_vat><period><from>${month}-01</from><to>${month}-28</to></period><provider>${party(4, 'Kauri APIs')}</provider><buyer>${party(71, 'Nimbus')}</buyer><line-items>${lines}</line-items><payment_transactions_count>0</payment_transactions_count></invoice>`,
  )
  const pagination = `<pagination total_pages="${PAGES_PER_MONTH}" current_page="${page}" per_page="${INVOICES_PER_PAGE}" total_entries="${PAGES_PER_MONTH * INVOICES_PER_PAGE}"/>`
  return `<?xml version="1.0" encoding="UTF-8"?><invoices version="1.0">${pagination}${invoices.join('')}</invoices>`
}

const upstream = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', 'http://upstream')
  response.setHeader('content-type', 'application/xml; charset=utf-8')
  response.end(pageOf(searchParams.get('month') ?? '2026-01', Number(searchParams.get('page') ?? '1')))
})
upstream.listen(0, '127.0.0.1')
await once(upstream, 'listening')
const address = upstream.address()
if (address === null || typeof address === 'string') throw new Error('no port')

const program = await buildProgram()
const gateway = await startBuilt(program, {
  THREESCALE_URL: `http://127.0.0.1:${address.port}`,
  THREESCALE_ACCESS_TOKEN: 'bench',
  LOG_LEVEL: 'warn',
})

/** A figure of the gateway's memory, in MB. */
function memoryMb(figure: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${gateway.child.pid}/status`, 'utf8')
  return Number(new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
}

const idleMb = memoryMb('VmRSS')
const start = performance.now()
const response = await fetch(
  `${gateway.address}/export/${file}?from=2026-01&to=2026-${String(MONTHS).padStart(2, '0')}&ledger=revenue`,
)
if (!response.body) throw new Error(`status ${response.status}`)
let [bytes, nextMb, end] = [0, 0, '']
for await (const chunk of response.body) {
  bytes += chunk.byteLength
  end = Buffer.from(chunk).toString('utf8').slice(-400)
  if (bytes < nextMb) continue
  process.stdout.write(`${Math.round(bytes / 1_000_000)} MB sent, resident memory ${memoryMb('VmRSS').toFixed(0)} MB\n`)
  nextMb = bytes + 50_000_000
}
const seconds = (performance.now() - start) / 1000
process.stdout.write(
  `${file}: ${Math.round(bytes / 1_000_000)} MB in ${seconds.toFixed(0)} s; peak memory ${memoryMb('VmHWM').toFixed(0)} MB, idle ${idleMb.toFixed(0)} MB\n${end.slice(end.indexOf('#trailer'))}\n`,
)
await gateway.end()
upstream.closeAllConnections()
upstream.close()
