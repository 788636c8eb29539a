import type { InvoiceRecord } from '../../../src/standin/threescale/data.js'
import type { WriteInput, WriteIntent } from '../../../src/writes/intent.js'
import { JournalUnavailableError } from '../../../src/writes/journal/sql.js'
import { lineMarker } from '../../../src/writes/marker.js'
import { WriteRefusedError } from '../../../src/writes/refusal.js'
import type { WriteOrder } from '../../../src/writes/writer.js'
import { Random } from '../../fuzz/random.js'
import { CRASHES, Crash, CrashingGateway, type CrashServer, FATES } from './world.js'

/** What is wrong after a run; `[]` for nothing. */
export type Findings = readonly string[]

const SETTLED_MS = 180_000
const BETWEEN_READS_MS = 60_000
const MAX_STEPS = 6

/**
 * One run: callers write with a few keys, repeat themselves, and meet a fate or a crash with each write. Then all is well for four
 * minutes. What the server has is compared with what the callers were told.
 */
export async function runOnce(server: CrashServer, seed: number, index: number): Promise<Findings> {
  const random = new Random(seed, index)
  const gateway = new CrashingGateway(server)
  const orders = drawOrders(server, random, index)
  const toldDone = new Set<string>()
  const before = new Set(server.standIn.data.invoices.map(({ id }) => String(id)))

  const write = async (order: WriteOrder, isWell: boolean): Promise<void> => {
    server.fate = isWell || random.onceIn(3) ? null : random.pick(FATES)
    server.lateMs = random.below(SETTLED_MS)
    gateway.crash =
      isWell || random.onceIn(2) ? null : { point: random.pick(CRASHES), transaction: 1 + random.below(8) }
    // A negative time is a process that was suspended between the journal and the socket.
    const { writer } = gateway.start(!isWell && random.onceIn(8) ? -1 : undefined)
    const intent = await writer.write(order).catch(explain)
    if (intent?.state === 'DONE') toldDone.add(order.key)
    gateway.crash = null
    server.fate = null
  }
  const pass = async (ms: number): Promise<void> => {
    await server.pass(ms)
    await gateway.start().recovery.run()
  }

  const steps = 1 + random.below(MAX_STEPS)
  for (let step = 0; step < steps; step++) {
    await write(random.pick(orders), false)
    if (random.onceIn(2)) await pass(random.below(SETTLED_MS))
  }
  await pass(SETTLED_MS)
  await pass(BETWEEN_READS_MS)
  await pass(BETWEEN_READS_MS)
  const settled = await gateway.journal.all()
  await gateway.driver.close()
  return check(server, settled, toldDone, before)
}

/** Up to three different writes to one invoice or buyer, each with its key. */
function drawOrders(server: CrashServer, random: Random, index: number): readonly [WriteOrder, ...WriteOrder[]] {
  const kind = random.pick(['line', 'line', 'line', 'invoice', 'charge'] as const)
  const invoiceId = server.addInvoice(kind === 'charge' ? 1208 : 1217)
  const line = (number: number): WriteInput => ({
    operation: 'addLineItem',
    invoiceId,
    name: `Line ${number}`,
    description: '',
    quantity: null,
    cost: '1.5',
    type: '',
    metricId: null,
    contractId: null,
  })
  const inputs: Readonly<Record<typeof kind, readonly [WriteInput, ...WriteInput[]]>> = {
    line: [line(1), line(2), line(1)],
    invoice: [{ operation: 'createInvoice', buyerId: '71', month: monthOf(index) }],
    charge: [{ operation: 'chargeInvoice', invoiceId }],
  }
  const [first, ...others] = inputs[kind].map((input, number) => ({
    principal: 'key:finance',
    operation: input.operation,
    key: `run-${index}-key-${number}-of-a-caller`,
    input,
    allowSimilar: false,
  }))
  return [first as WriteOrder, ...others]
}

/** A month of its own for each run, so that invoices of other runs are not in the way. */
function monthOf(index: number): string {
  return `${2013 + (Math.floor(index / 12) % 11)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** What a caller may meet besides a result. */
function explain(error: unknown): null {
  if (error instanceof Crash || error instanceof JournalUnavailableError || error instanceof WriteRefusedError)
    return null
  throw error
}

function check(
  server: CrashServer,
  intents: readonly WriteIntent[],
  toldDone: ReadonlySet<string>,
  before: ReadonlySet<string>,
): Findings {
  const { invoices, paymentTransactions: payments } = server.standIn.data
  const invoiceOf = (id: string | undefined): InvoiceRecord | undefined => invoices.find(one => String(one.id) === id)
  const findings: string[] = []
  for (const intent of intents) {
    const { input, state, key, result } = intent
    const expect = (isTrue: boolean, what: string): void => {
      if (!isTrue) findings.push(`${key}: ${state}, ${what}`)
    }
    expect(!['SENT', 'IN_DOUBT'].includes(state), 'is not settled')
    expect(!toldDone.has(key) || state === 'DONE' || state === 'INCIDENT', 'was told done')
    const isDone = state === 'DONE'
    if (input.operation === 'addLineItem') {
      const marker = lineMarker(intent)
      const lines =
        invoiceOf(input.invoiceId)?.lineItems.filter(({ description }) => description?.endsWith(marker)) ?? []
      expect(lines.length === (isDone ? 1 : 0), `${lines.length} lines`)
    }
    if (input.operation === 'createInvoice') {
      const found = invoices.filter(
        ({ id, period, buyerId }) =>
          !before.has(String(id)) && period === input.month && String(buyerId) === input.buyerId,
      )
      expect(state === 'INCIDENT' || found.length === (isDone ? 1 : 0), `${found.length} invoices`)
      expect(!isDone || result?.invoiceId === String(found[0]?.id), 'another invoice')
    }
    if (input.operation === 'chargeInvoice') {
      const charges = payments.filter(({ invoiceId, isSuccess }) => String(invoiceId) === input.invoiceId && isSuccess)
      expect(charges.length <= 1, `${charges.length} charges`)
      expect(state === 'INCIDENT' || charges.length === (isDone ? 1 : 0), `${charges.length} charges`)
    }
  }
  const lines = intents.filter(({ input, state }) => input.operation === 'addLineItem' && state === 'DONE')
  const contents = lines.map(({ contentHash }) => contentHash)
  if (new Set(contents).size !== contents.length) findings.push('the same content under two keys')
  return findings
}
