import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../src/access/full-access.js'
import { CallBudget, withRequestContext } from '../../src/request/request-context.js'
import type { StandInRequest } from '../../src/standin/handler.js'
import { OnChargeWrites } from '../../src/writes/on-charge/on-charge-writes.js'
import { CLOCK_SKEW_MS } from '../../src/writes/operations/operation.js'
import { Writes } from '../../src/writes/writes.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { type Fate, LINE, order, refusalOf, startWriter, type WriterSetup } from './writer-setup.js'

/** What deciding on an incident does not need. */
function never(): never {
  throw new Error('not needed')
}

const SETTLED = 180_000
const BETWEEN_READS = 60_000

describe('a write with a clear response', () => {
  it('adds a line item once, whatever its caller repeats', async () => {
    await using setup = await startWriter()
    const first = await setup.writer.write(order('one'))
    expect(first).toMatchObject({ state: 'DONE', attempt: 1, result: { invoiceId: '1217' } })
    const again = await Promise.all(Array.from({ length: 20 }, () => setup.writer.write(order('one'))))
    expect(again).toEqual(Array.from({ length: 20 }, () => first))
    expect(setup.sent).toEqual(['POST /api/invoices/1217/line_items.xml'])
    const line = setup.standIn.data.invoices
      .find(({ id }) => id === 1217)
      ?.lineItems.find(({ id }) => String(id) === first.result?.lineItemId)
    expect(line).toMatchObject({ name: LINE.name, quantity: 2, cost: '12.5' })
    expect(line?.description).toMatch(/^Two hours in November \[bg1w:[a-z2-7]{16}\]$/)
  })

  it('makes one write of a hundred concurrent requests with one key', async () => {
    await using setup = await startWriter()
    const all = await Promise.all(Array.from({ length: 100 }, () => setup.writer.write(order('one'))))
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['DONE']))
    expect(setup.sent).toHaveLength(1)
  })

  it('makes different writes to one invoice one after the other', async () => {
    await using setup = await startWriter()
    const lines = Array.from({ length: 10 }, (_, index) => order(`key ${index}`, { ...LINE, name: `Line ${index}` }))
    const all = await Promise.all(lines.map(line => setup.writer.write(line)))
    expect(all.map(({ state }) => state)).toEqual(Array(10).fill('DONE'))
    expect(setup.sent).toHaveLength(10)
  })

  it('removes a line item, creates an invoice, changes and issues it, and charges one', async () => {
    await using setup = await startWriter()
    const { writer } = setup
    const created = await writer.write(order('create', { operation: 'createInvoice', buyerId: '71', month: '2023-11' }))
    const invoiceId = created.result?.invoiceId ?? ''
    const line = await writer.write(order('line', { ...LINE, invoiceId }))
    const lineItemId = line.result?.lineItemId ?? ''
    const removed = await writer.write(order('remove', { operation: 'removeLineItem', invoiceId, lineItemId }))
    const number = '2023-11-00009999'
    const update = { operation: 'updateInvoice', invoiceId, month: '2023-12', number } as const
    const updated = await writer.write(order('update', update))
    await setup.pass(SETTLED)
    const issue = { operation: 'setInvoiceState', invoiceId, state: 'pending' } as const
    const issued = await writer.write(order('issue', issue))
    const charged = await writer.write(order('charge', { operation: 'chargeInvoice', invoiceId: '1208' }))
    expect([created, line, removed, updated, issued, charged].map(({ state, refusal }) => [state, refusal])).toEqual(
      Array(6).fill(['DONE', null]),
    )
  })
})

describe('a write whose caller disconnects', () => {
  it('goes on, uncounted, for another caller with the same key', async () => {
    await using setup = await startWriter()
    const { promise, resolve } = Promise.withResolvers<void>()
    setup.standIn.intercept = async () => {
      await promise
      return undefined
    }
    const first = new AbortController()
    const callBudget = new CallBudget({ allowed: 0, exceeded: () => true }, 'a request')
    const context = { signal: first.signal, callerName: 'a', callBudget }
    const written = withRequestContext(context, () => setup.writer.write(order('one')))
    await expect.poll(() => setup.standIn.requests.length, { timeout: 20_000 }).toBe(1)
    const again = setup.writer.write(order('one'))
    first.abort()
    resolve()
    expect((await Promise.all([written, again])).map(({ state }) => state)).toEqual(['DONE', 'DONE'])
    expect(setup.standIn.requests.filter(request => request.startsWith('POST'))).toHaveLength(1)
  })
})

describe('a write that must not be made', () => {
  const invoice = (id: string) => ({ ...LINE, invoiceId: id })

  it.each([
    [
      'a line on an issued invoice',
      invoice('1201'),
      'INVOICE_NOT_EDITABLE',
      'lines change only while it is OPEN or FINALIZED',
    ],
    ['a line on an unknown invoice', invoice('9'), 'NOT_FOUND', '3scale has no such invoice'],
    [
      'an invoice of an unknown buyer',
      { operation: 'createInvoice', buyerId: '9', month: '2023-11' },
      'NOT_FOUND',
      'no such buyer',
    ],
    [
      'the removal of an unknown line',
      { operation: 'removeLineItem', invoiceId: '1217', lineItemId: '1' },
      'NOT_FOUND',
      'no such line',
    ],
    [
      'a state that cannot follow',
      { operation: 'setInvoiceState', invoiceId: '1201', state: 'pending' },
      'ILLEGAL_TRANSITION',
      'PAID, which can change to no other state.',
    ],
    [
      'a charge of an open invoice',
      { operation: 'chargeInvoice', invoiceId: '1217' },
      'ILLEGAL_TRANSITION',
      'only a PENDING, UNPAID or FAILED invoice',
    ],
  ] as const)('is refused without a request: %s', async (_what, input, code, message) => {
    await using setup = await startWriter()
    expect(await refusalOf(setup.writer.write(order('one', input)))).toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
    expect([setup.sent, await setup.journal.all()]).toEqual([[], []])
  })

  it("is refused when 3scale's own job could charge the invoice as well", async () => {
    await using setup = await startWriter()
    await setup.pass(24 * 3_600_000)
    const charge = order('one', { operation: 'chargeInvoice', invoiceId: '1208' })
    expect(await refusalOf(setup.writer.write(charge))).toMatchObject({ code: 'CONFLICT' })
    expect(setup.sent).toEqual([])
    await using manual = await startWriter({ rules: { hasAutomaticCharging: false } })
    await manual.pass(24 * 3_600_000)
    expect((await manual.writer.write(charge)).state).toBe('DONE')
  })

  it('is refused when the due day begins before a request that is sent now can no longer be carried out', async () => {
    const charge = order('one', { operation: 'chargeInvoice', invoiceId: '1208' })
    const due = Date.parse('2024-02-05T00:00:00Z') - Date.parse('2024-02-04T03:00:00Z')
    await using late = await startWriter()
    late.moveClock(due - SETTLED - CLOCK_SKEW_MS)
    expect(await refusalOf(late.writer.write(charge))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('charges the invoice from 2024-02-05 on'),
    })
    expect(late.sent).toEqual([])
    await using early = await startWriter()
    early.moveClock(due - SETTLED - CLOCK_SKEW_MS - 1)
    expect((await early.writer.write(charge)).state).toBe('DONE')
  })

  it('is refused when its key was used for another input', async () => {
    await using setup = await startWriter()
    await setup.writer.write(order('one'))
    const other = order('one', { ...LINE, cost: '12.51' })
    expect((await refusalOf(setup.writer.write(other))).code).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(setup.sent).toHaveLength(1)
  })

  it('is refused when the same was written under another key today, unless that is allowed', async () => {
    await using setup = await startWriter()
    await setup.writer.write(order('one'))
    expect((await refusalOf(setup.writer.write(order('two')))).code).toBe('SIMILAR_WRITE')
    expect((await setup.writer.write(order('two', LINE, true))).state).toBe('DONE')
    expect(setup.sent).toHaveLength(2)
  })

  it.each([
    [
      'a number',
      { operation: 'updateInvoice', invoiceId: '1217', month: null, number: '2023-11-00009999' },
      { operation: 'updateInvoice', invoiceId: '1217', month: null, number: '2023-11-00009998' },
    ],
    [
      'a month',
      { operation: 'updateInvoice', invoiceId: '1217', month: '2023-10', number: null },
      { operation: 'updateInvoice', invoiceId: '1217', month: '2023-11', number: null },
    ],
  ] as const)('is made again under another key once it was undone: %s', async (_, one, other) => {
    await using setup = await startWriter()
    const all = [order('one', one), order('other', other), order('again', one)]
    for (const each of all) expect((await setup.writer.write(each)).state).toBe('DONE')
    expect(setup.sent).toHaveLength(3)
  })

  it.each([
    ['a state', { operation: 'setInvoiceState', invoiceId: '1217', state: 'finalized' }, 'ILLEGAL_TRANSITION'],
    ['a charge', { operation: 'chargeInvoice', invoiceId: '1208' }, 'ILLEGAL_TRANSITION'],
  ] as const)('is refused by what it has changed, under another key: %s', async (_, input, code) => {
    await using setup = await startWriter()
    const keys = ['one', 'two', 'three']
    const concurrent = keys.map(key => setup.writer.write(order(key, input)).catch((error: unknown) => error))
    const told = await Promise.all(concurrent)
    expect(told.filter(one => !(one instanceof Error))).toMatchObject([{ state: 'DONE' }])
    expect((await refusalOf(setup.writer.write(order('four', input)))).code).toBe(code)
    expect(setup.sent).toHaveLength(1)
  })

  it('is answered by what became of the same write under another key, where allowSimilar does not exist', async () => {
    await using setup = await startWriter()
    const input = { operation: 'chargeInvoice', invoiceId: '1208' } as const
    const { principal, operation, key } = order('one', input)
    await setup.journal.record({ principal, operation, key, input, target: 'invoice/1208', allowSimilar: false })
    const refusal = () => refusalOf(setup.writer.write(order('two', input)))
    expect(await refusal()).toMatchObject({ code: 'IN_PROGRESS', message: expect.stringContaining('was not sent yet') })
    setup.fates.push('lost request')
    await setup.writer.write(order('one', input))
    expect(await refusal()).toMatchObject({ code: 'IN_DOUBT' })
    await setup.pass(SETTLED)
    expect(await refusal()).toMatchObject({ code: 'INCIDENT' })
    expect(setup.sent).toEqual([])
  })

  it('is refused when its content was written under another key since it was found to be absent, unless that is allowed', async () => {
    await using setup = await startWriter()
    setup.fates.push('lost request')
    await setup.writer.write(order('one'))
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    await setup.writer.write(order('two'))
    expect(await refusalOf(setup.writer.write(order('one')))).toMatchObject({
      code: 'SIMILAR_WRITE',
      message: expect.stringContaining('recorded under another key at 2024-02-04T03:04:00.000Z and is DONE'),
    })
    expect((await setup.writer.write(order('one', LINE, true))).state).toBe('DONE')
    expect(setup.sent).toHaveLength(2)
  })

  it('keeps the sentence of 3scale when that refuses it', async () => {
    await using setup = await startWriter()
    setup.standIn.knobs.gateway = 'decline'
    const charge = order('one', { operation: 'chargeInvoice', invoiceId: '1208' })
    const rejected = await setup.writer.write(charge)
    expect(rejected).toMatchObject({
      state: 'REJECTED',
      refusal: { code: 'CHARGE_FAILED', message: 'The charge failed. Failed to charge the credit card.' },
    })
    expect(await setup.writer.write(charge)).toEqual(rejected)
    expect(setup.sent).toHaveLength(1)
  })
})

describe('the issue of an invoice', () => {
  it('is refused while a write to it is unsettled, however long ago that was sent', async () => {
    await using setup = await startWriter()
    const { promise, resolve } = Promise.withResolvers<void>()
    setup.standIn.intercept = request => {
      if (request.method === 'GET') return undefined
      return (async () => {
        // The network repeats the request, and the response comes late.
        await setup.standIn.handle(request)
        const response = await setup.standIn.handle(request)
        await promise
        return response
      })()
    }
    const line = setup.writer.write(order('one'))
    await expect.poll(async () => (await setup.journal.all())[0]?.state, { timeout: 20_000 }).toBe('SENT')
    setup.moveClock(SETTLED)
    const issue = order('issue', { operation: 'setInvoiceState', invoiceId: '1217', state: 'pending' })
    const refusal = await refusalOf(setup.writer.write(issue))
    expect(refusal).toMatchObject({ code: 'ISSUE_BLOCKED', message: expect.stringContaining('is not known yet') })
    resolve()
    expect((await line).state).toBe('DONE')
  })
})

describe('a write without a clear response', () => {
  it('is in doubt when the invoice was issued since the check, as its line item can be on it', async () => {
    await using setup = await startWriter()
    setup.standIn.intercept = async request => {
      if (request.method === 'GET') return undefined
      setup.standIn.intercept = undefined
      await setup.standIn.handle(request)
      const invoice = setup.standIn.data.invoices.find(({ id }) => id === 1217)
      Object.assign(invoice ?? {}, { state: 'pending' })
      return undefined
    }
    expect((await setup.writer.write(order('one'))).state).toBe('IN_DOUBT')
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    expect((await setup.journal.all())[0]?.state).toBe('DONE')
  })

  const fates: readonly Fate[] = ['lost request', 'lost response', 'server error after commit', 'garbled response']

  it.each(fates)('is in doubt and settles by itself: %s', async fate => {
    await using setup = await startWriter()
    setup.fates.push(fate)
    expect((await setup.writer.write(order('one'))).state).toBe('IN_DOUBT')
    expect((await setup.writer.write(order('one'))).state).toBe('IN_DOUBT')
    await setup.pass(SETTLED - 1)
    expect((await setup.journal.all())[0]?.readBack).toBeNull()
    await setup.pass(1)
    await setup.pass(BETWEEN_READS)
    const isThere = fate !== 'lost request'
    expect((await setup.journal.all())[0]).toMatchObject({ state: isThere ? 'DONE' : 'ABSENT' })
    // The same key: the first answer again, or a second attempt where nothing was written.
    expect(await setup.writer.write(order('one'))).toMatchObject({ state: 'DONE', attempt: isThere ? 1 : 2 })
    const lines = setup.standIn.data.invoices.find(({ id }) => id === 1217)?.lineItems
    expect(lines?.filter(({ name }) => name === LINE.name)).toHaveLength(1)
  })

  it.each([
    ['lost response', 'the connection broke before 3scale had answered'],
    ['server error after commit', '3scale answered with status 502'],
    ['garbled response', '3scale sent an invalid response'],
  ] as const)('says what was unclear, also once it is settled: %s', async (fate, note) => {
    await using setup = await startWriter()
    setup.fates.push(fate)
    expect((await setup.writer.write(order('one'))).note).toContain(note)
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    expect(await setup.journal.find(order('one'))).toMatchObject({ state: 'DONE', note: expect.stringContaining(note) })
  })

  it('says that 3scale did not answer in time', async () => {
    await using setup = await startWriter({ deadlineMs: 300 })
    setup.standIn.intercept = request => (request.method === 'POST' ? new Promise(() => {}) : undefined)
    expect((await setup.writer.write(order('one'))).note).toContain('did not answer within 300 ms')
  })

  it('blocks every other write to its invoice', async () => {
    await using setup = await startWriter()
    setup.fates.push('lost response')
    await setup.writer.write(order('one'))
    for (const input of [
      { ...LINE, name: 'Other' },
      { operation: 'updateInvoice', invoiceId: '1217', month: null, number: '2023-11-00009999' },
    ] as const) {
      expect((await refusalOf(setup.writer.write(order('two', input)))).code).toBe('IN_DOUBT')
    }
    expect(setup.sent).toHaveLength(1)
    expect((await setup.writer.write(order('three', { ...LINE, invoiceId: '1218' }))).state).toBe('DONE')
  })

  it.each([
    ['createInvoice', { operation: 'createInvoice', buyerId: '71', month: '2023-11' }],
    ['updateInvoice', { operation: 'updateInvoice', invoiceId: '1217', month: '2023-10', number: null }],
    ['setInvoiceState', { operation: 'setInvoiceState', invoiceId: '1217', state: 'finalized' }],
    ['chargeInvoice', { operation: 'chargeInvoice', invoiceId: '1208' }],
  ] as const)('is found again by what the server has: %s', async (_name, input) => {
    await using setup = await startWriter()
    setup.fates.push('lost response')
    expect((await setup.writer.write(order('one', input))).state).toBe('IN_DOUBT')
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    expect((await setup.writer.write(order('one', input))).state).toBe('DONE')
    expect(setup.sent).toHaveLength(1)
  })

  it('is an incident for a charge of which 3scale has no trace, and is never sent again', async () => {
    await using setup = await startWriter()
    const charge = order('one', { operation: 'chargeInvoice', invoiceId: '1208' })
    setup.fates.push('lost request')
    await setup.writer.write(charge)
    await setup.pass(SETTLED)
    const incident = await setup.writer.write(charge)
    expect(incident).toMatchObject({
      state: 'INCIDENT',
      refusal: { message: expect.stringContaining('Look for order 1208 at the payment provider') },
    })
    expect((await refusalOf(setup.writer.write({ ...charge, key: 'another key here', allowSimilar: true }))).code).toBe(
      'INCIDENT',
    )
    expect(setup.sent).toEqual([])
  })

  it.each([
    ['finalized', { state: 'finalized' }, 'is new, but FINALIZED without line items'],
    ['filled', { lineItems: [nimbusMaps.invoices.flatMap(({ lineItems }) => lineItems)[0]] }, 'OPEN with line items'],
    ['cancelled', { state: 'cancelled' }, 'is new, but CANCELLED'],
  ])(
    'is an incident for an invoice that was %s since it was created, and is not sent again',
    async (_, change, text) => {
      await using setup = await startWriter()
      setup.fates.push('lost response')
      const input = { operation: 'createInvoice', buyerId: '71', month: '2023-11' } as const
      const before = new Set(setup.standIn.data.invoices.map(({ id }) => id))
      await setup.writer.write(order('one', input))
      Object.assign(setup.standIn.data.invoices.find(({ id }) => !before.has(id)) ?? {}, change)
      await setup.pass(SETTLED)
      await setup.pass(BETWEEN_READS)
      expect(await setup.writer.write(order('one', input))).toMatchObject({
        state: 'INCIDENT',
        refusal: { message: expect.stringContaining(text) },
      })
      expect(setup.sent).toHaveLength(1)
    },
  )

  it('is refused for a charge with one declined attempt, by two reads', async () => {
    await using setup = await startWriter()
    setup.standIn.knobs.gateway = 'decline'
    setup.fates.push('lost response')
    const charge = order('one', { operation: 'chargeInvoice', invoiceId: '1208' })
    await setup.writer.write(charge)
    await setup.pass(SETTLED)
    expect(await setup.journal.find(charge)).toMatchObject({ state: 'IN_DOUBT', readBack: { outcome: 'REJECTED' } })
    await setup.pass(BETWEEN_READS)
    expect(await setup.writer.write(charge)).toMatchObject({ state: 'REJECTED', refusal: { code: 'CHARGE_FAILED' } })
    expect(setup.sent).toHaveLength(1)
  })

  it('is an incident for a charge with several declined attempts', async () => {
    await using setup = await startWriter()
    setup.standIn.knobs.gateway = 'decline'
    setup.standIn.intercept = async request => {
      if (request.method === 'GET') return undefined
      await setup.standIn.handle(request)
      await setup.standIn.handle(request)
      return 'reset'
    }
    await setup.writer.write(order('one', { operation: 'chargeInvoice', invoiceId: '1208' }))
    await setup.pass(SETTLED)
    expect((await setup.journal.incidents())[0]?.refusal?.message).toContain('cannot be determined from 3scale')
  })

  it('is an incident for an invoice that was issued with a line that nobody had checked', async () => {
    await using setup = await startWriter()
    setup.standIn.intercept = async request => {
      if (request.method === 'GET') return undefined
      await setup.standIn.handle(request)
      const [invoice, other] = [1217, 1201].map(id => setup.standIn.data.invoices.find(one => one.id === id))
      Object.assign(invoice ?? {}, { lineItems: [...(invoice?.lineItems ?? []), ...(other?.lineItems ?? [])] })
      return 'reset'
    }
    const issue = { operation: 'setInvoiceState', invoiceId: '1217', state: 'pending' } as const
    expect((await setup.writer.write(order('one', issue))).state).toBe('IN_DOUBT')
    await setup.pass(SETTLED)
    expect((await setup.journal.incidents())[0]?.refusal?.message).toContain('issued with other lines')
  })

  it('is an incident for an invoice when several could be the one', async () => {
    await using setup = await startWriter()
    setup.fates.push('lost response')
    const input = { operation: 'createInvoice', buyerId: '71', month: '2023-11' } as const
    await setup.writer.write(order('one', input))
    await createByHand(setup)
    await setup.pass(SETTLED)
    expect((await setup.journal.incidents())[0]?.refusal?.message).toMatch(
      /could be the one that was created: \d+, \d+/,
    )
  })
})

describe('a charge that is done', () => {
  const charge = order('one', { operation: 'chargeInvoice', invoiceId: '1208' })

  /** Charges, and lets a copy of the request be carried out at the same time. */
  async function chargeTwice({ writer, standIn, pass }: WriterSetup): Promise<void> {
    expect((await writer.write(charge)).state).toBe('DONE')
    const { data } = standIn
    const payment = data.paymentTransactions.find(({ invoiceId, isSuccess }) => invoiceId === 1208 && isSuccess)
    Object.assign(data, { paymentTransactions: [...data.paymentTransactions, { ...payment, id: 99_999 }] })
    await pass(SETTLED)
  }

  it('is an incident when a copy of its request was carried out at the same time', async () => {
    await using setup = await startWriter()
    await chargeTwice(setup)
    expect((await setup.journal.incidents())[0]?.refusal?.message).toMatch(
      /1208 was charged 2 times \(payments .*99999/,
    )
  })

  it.each([
    [true, 'DONE'],
    [false, 'REJECTED'],
  ])('is, as an incident, what a person has decided for good: done is %s', async (isDone, state) => {
    await using setup = await startWriter()
    await chargeTwice(setup)
    const { writer, journal } = setup
    const onCharge = new OnChargeWrites({
      writes: null,
      threescale: () => never(),
      clock: () => never(),
      safetyFactor: 3,
    })
    const decision = { key: charge.key, isDone, reference: null, note: 'Refunded one.' }
    await new Writes({ writer, journal, onCharge }, FULL_ACCESS).resolve(decision)
    await setup.pass(SETTLED)
    expect(await journal.find(charge)).toMatchObject({ state, note: `${FULL_ACCESS.id}: Refunded one.` })
  })

  it('is not made again when a person has said so of one that 3scale has no trace of', async () => {
    await using setup = await startWriter()
    setup.fates.push('lost request')
    await setup.writer.write(charge)
    await setup.pass(SETTLED)
    const incident = await setup.journal.find(charge)
    if (incident) await setup.journal.settle(incident, { state: 'DONE', settlesAfter: null })
    expect(await refusalOf(setup.writer.write({ ...charge, key: 'another-key-here' }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('could take the money twice'),
    })
    expect(setup.sent).toEqual([])
  })

  it('stays done with one payment, and is not looked at again', async () => {
    await using setup = await startWriter()
    const { result } = await setup.writer.write(charge)
    await setup.pass(SETTLED)
    expect(await setup.journal.find(charge)).toMatchObject({ state: 'DONE', result, settlesAfter: null })
  })
})

describe('a charge that was refused', () => {
  const charge = { operation: 'chargeInvoice', invoiceId: '1208' } as const

  it('is an incident when a copy of its request is accepted later', async () => {
    await using setup = await startWriter()
    setup.standIn.knobs.gateway = 'decline'
    const copies: StandInRequest[] = []
    setup.standIn.intercept = request => {
      if (request.method === 'POST') copies.push(request)
      return undefined
    }
    expect((await setup.writer.write(order('one', charge))).state).toBe('REJECTED')
    setup.standIn.knobs.gateway = 'approve'
    setup.moveClock(SETTLED - 10_000)
    for (const copy of copies) await setup.standIn.handle(copy)
    await setup.pass(10_000)
    expect((await setup.journal.incidents())[0]).toMatchObject({
      refusal: { message: expect.stringContaining('the buyer has been charged since') },
    })
    expect(setup.events.at(-1)).toMatchObject({ event: 'settled', intent: { state: 'INCIDENT' } })
  })

  it('stays refused when another charge of the invoice is accepted', async () => {
    await using setup = await startWriter()
    setup.standIn.knobs.gateway = 'decline'
    const rejected = await setup.writer.write(order('one', charge))
    setup.standIn.knobs.gateway = 'approve'
    expect((await setup.writer.write(order('two', charge))).state).toBe('DONE')
    await setup.pass(SETTLED)
    expect(await setup.writer.write(order('one', charge))).toEqual({ ...rejected, settlesAfter: null })
    expect(await setup.journal.incidents()).toEqual([])
  })
})

/** Somebody creates the same invoice in the portal. */
async function createByHand({ standIn }: WriterSetup): Promise<void> {
  const body = 'account_id=71&period=2023-11'
  const headers = {
    authorization: `Basic ${btoa(`${standIn.accessToken}:`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const { status } = await fetch(`${standIn.url}/api/invoices.xml`, { method: 'POST', headers, body })
  expect(status).toBe(201)
}

describe('an invoice that somebody else creates for the same buyer and month', () => {
  const input = { operation: 'createInvoice', buyerId: '71', month: '2023-11' } as const

  it.each([
    ['before the request', -SETTLED],
    ['after it could be carried out', 2 * SETTLED],
  ])('is not taken for the one that was lost: %s', async (_when, ms) => {
    await using setup = await startWriter()
    setup.fates.push('lost request')
    await setup.writer.write(order('one', input))
    setup.moveClock(ms)
    await createByHand(setup)
    setup.moveClock(-ms)
    await setup.pass(SETTLED)
    expect((await setup.journal.all())[0]).toMatchObject({
      state: 'INCIDENT',
      refusal: { message: expect.stringContaining('it was created at another time than this request') },
    })
  })

  it('is no repetition of a write that is done, once that can no longer arrive', async () => {
    await using setup = await startWriter()
    const { result } = await setup.writer.write(order('one', input))
    setup.moveClock(SETTLED + 1_000)
    await createByHand(setup)
    await setup.pass(BETWEEN_READS)
    expect((await setup.journal.all())[0]).toMatchObject({ state: 'DONE', result, settlesAfter: null })
  })

  it('is an incident of a write that is done, while a repetition of that can arrive', async () => {
    await using setup = await startWriter()
    await setup.writer.write(order('one', input))
    setup.moveClock(SETTLED - 1)
    await createByHand(setup)
    await setup.pass(BETWEEN_READS)
    expect((await setup.journal.incidents())[0]?.refusal?.message).toMatch(/could be the one that was created/)
  })
})

describe('issuing an invoice', () => {
  const issue = { operation: 'setInvoiceState', invoiceId: '1217', state: 'pending' } as const

  it('waits until nothing that left can still arrive', async () => {
    await using setup = await startWriter()
    await setup.writer.write(order('one'))
    expect(await refusalOf(setup.writer.write(order('two', issue)))).toMatchObject({
      code: 'ISSUE_BLOCKED',
      message: expect.stringContaining('issue it after 2024-02-04T03:03:00.000Z'),
    })
    await setup.pass(SETTLED)
    expect((await setup.writer.write(order('two', issue))).state).toBe('DONE')
  })

  it('is refused when a line that was written is gone, or is there with another cost', async () => {
    await using setup = await startWriter()
    const { result } = await setup.writer.write(order('one'))
    await setup.pass(SETTLED)
    const headers = { authorization: `Basic ${btoa(`${setup.standIn.accessToken}:`)}` }
    await fetch(`${setup.standIn.url}/api/invoices/1217/line_items/${result?.lineItemId}.xml`, {
      method: 'DELETE',
      headers,
    })
    expect((await refusalOf(setup.writer.write(order('two', issue)))).message).toContain(
      'is no longer on it; if that is intended, issue the invoice in the portal',
    )
  })
})

describe('a write that cannot leave', () => {
  it('is not sent when the process slept between the journal and the socket', async () => {
    await using setup = await startWriter({ rules: { departMs: -1 } })
    expect((await refusalOf(setup.writer.write(order('one')))).code).toBe('IN_PROGRESS')
    expect(setup.sent).toEqual([])
    expect((await setup.journal.all())[0]).toMatchObject({ state: 'ABSENT', sentAt: null })
  })

  it('is sent by the next request with its key when the process died before it left', async () => {
    await using setup = await startWriter()
    const { principal, operation, key, input } = order('one')
    await setup.journal.record({ principal, operation, key, input, target: 'invoice/1217', allowSimilar: false })
    expect((await setup.restart().writer.write(order('one'))).state).toBe('DONE')
    expect(setup.sent).toHaveLength(1)
  })

  it('expires when it was never sent for a day', async () => {
    await using setup = await startWriter()
    const { principal, operation, key, input } = order('one')
    await setup.journal.record({ principal, operation, key, input, target: 'invoice/1217', allowSimilar: false })
    await setup.pass(24 * 3_600_000 + 1)
    expect((await setup.writer.write(order('one'))).state).toBe('EXPIRED')
    expect(setup.sent).toEqual([])
  })
})
