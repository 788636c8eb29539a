import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { startCatalyst } from '../src/standin/catalyst/start.js'
import { startThreescale } from '../src/standin/threescale/start.js'
import { buildProgram, type Environment, type GatewayProcess, startBuilt } from '../test/built-program.js'
import { largeBill, largeTenant } from '../test/large-upstreams.js'

// The peak memory of a gateway process during its largest answers, and the longest block of its event loop, idle and during the work.
// The stand-ins run in this process. Start: `npm run bench:memory`.

const NOW = new Date('2026-11-22T02:00:00Z')
const clock = () => NOW
const INVOICES = 5_000
const LINES_OF_INVOICE = 4
const LINES_OF_BILL = 20_000
const ROUNDS = 5

const url = (path: string) => new URL(path, import.meta.url).href
const MOVED = {
  NODE_OPTIONS: `--import=${url('../test/moved-date.mjs')} --import=${url('report-loop-delay.mjs')}`,
  MOVED_DATE: NOW.toISOString(),
  LOG_LEVEL: 'warn',
}

/** The peak resident memory of the process so far, in MB. */
function peakMb({ child }: GatewayProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

/** The longest block since the last call, in ms. */
async function longestBlock({ child }: GatewayProcess): Promise<number> {
  child.send('delay')
  const [ms] = (await once(child, 'message')) as [number]
  return ms
}

async function query(gateway: GatewayProcess, document: string): Promise<Record<string, unknown>> {
  const { data, errors } = await gateway.ask(document)
  if (!data || errors) throw new Error(JSON.stringify(errors ?? null).slice(0, 300))
  return data
}

/** Runs the work in a new gateway process, and prints the figures. */
async function measure(name: string, environment: Environment, work: (gateway: GatewayProcess) => Promise<void>) {
  const gateway = await startBuilt(program, { ...MOVED, ...environment })
  try {
    // The first request initialises libraries.
    await query(gateway, '{ __schema { queryType { name } } }')
    await setTimeout(2_000)
    const idleMb = peakMb(gateway)
    await longestBlock(gateway)
    await setTimeout(3_000)
    const idleMs = await longestBlock(gateway)
    const start = performance.now()
    await work(gateway)
    const seconds = (performance.now() - start) / 1000
    const [mb, ms] = [peakMb(gateway), await longestBlock(gateway)]
    process.stdout.write(
      `${name}: ${seconds.toFixed(1)} s; peak memory ${mb.toFixed(0)} MB, idle ${idleMb.toFixed(0)} MB; ` +
        `longest block ${ms.toFixed(0)} ms, idle ${idleMs.toFixed(0)} ms\n`,
    )
  } finally {
    await gateway.end()
  }
}

/** Reads all invoices with their lines, a hundred on a page. */
async function walkInvoices(gateway: GatewayProcess): Promise<void> {
  let [after, read] = ['', 0]
  do {
    const page = `first: 100${after === '' ? '' : `, after: "${after}"`}`
    const { invoices } = (await query(
      gateway,
      `{ invoices(${page}) { totalCount pageInfo { endCursor hasNextPage } nodes { id total { net { amount } } lineItems { nodes { name cost { net { amount } } } } } } }`,
    )) as { invoices: { pageInfo: { endCursor: string; hasNextPage: boolean }; nodes: unknown[] } }
    read += invoices.nodes.length
    after = invoices.pageInfo.hasNextPage ? invoices.pageInfo.endCursor : ''
  } while (after !== '')
  if (read !== INVOICES) throw new Error(`${read} invoices`)
}

/** Reads a customer's cost on the large invoice, the invoice itself, and its breakdown by product. */
async function readBill(gateway: GatewayProcess, projectId: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { customerCost } = (await query(
      gateway,
      '{ customerCost(prefix: "customer-7", match: SEGMENT, month: "2026-10") { total { net { amount } } lineItems { totalCount } } }',
    )) as { customerCost: { total: { net: { amount: string } } } }
    if (customerCost.total.net.amount !== '1488.00') throw new Error(customerCost.total.net.amount)
    await query(
      gateway,
      `{ invoice(id: "catalyst:invoice:${projectId}:2026-10-31") { total { net { amount } } lineItems(first: 100) { nodes { id name } } breakdown(by: PRODUCT) { key total { net { amount } } } } }`,
    )
  }
}

const program = await buildProgram()
{
  await using threescale = await startThreescale({ clock, data: largeTenant(INVOICES, LINES_OF_INVOICE, NOW) })
  const environment = { THREESCALE_URL: threescale.url, THREESCALE_ACCESS_TOKEN: threescale.accessToken }
  await measure(`3scale, one page of ${INVOICES} invoices`, environment, async gateway => {
    await query(gateway, '{ invoices(first: 20) { totalCount nodes { id lineItems { totalCount } } } }')
  })
  await measure(`3scale, all ${INVOICES} invoices, ${INVOICES * LINES_OF_INVOICE} lines`, environment, walkInvoices)
}
{
  const { data, projectId } = largeBill(LINES_OF_BILL, NOW)
  await using catalyst = await startCatalyst({ clock, data })
  const { username, password, userDomainName } = catalyst.credentials
  const environment = {
    OS_AUTH_URL: catalyst.authUrl,
    OS_USERNAME: username,
    OS_PASSWORD: password,
    OS_USER_DOMAIN_NAME: userDomainName,
    OS_PROJECT_ID: projectId,
  }
  await measure(`Catalyst, an invoice of ${LINES_OF_BILL} lines, ${2 * ROUNDS} times`, environment, gateway =>
    readBill(gateway, projectId),
  )
}
