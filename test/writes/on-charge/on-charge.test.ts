import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { formatDecimal } from '../../../src/domain/decimal.js'
import { CallBudget, withRequestContext } from '../../../src/request/request-context.js'
import type { Decision } from '../../../src/writes/writes.js'
import { resourceLine } from '../../domain/bills.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { chargeWithoutJournal } from './lost-journal.js'
import { BUYER, changesOf, costOf, Killed, OnChargeSetup, RUNNING, TWENTY, WCC } from './on-charge-setup.js'

const SETTLED = 180_000
const BETWEEN_READS = 60_000
const CHANGED = [...WCC.slice(0, 6), resourceLine('customer-wcc', '20.00')]

/** 81.69 and 20 %, divided by largest remainder. */
const LINES = [
  'customer-wcc 13.72 .0',
  'customer-wcc-fdc 13.72 .0',
  'customer-wcc-fdc-vpnservice 14.22 .0',
  'customer-wcc-gdc 13.71 .0',
  'customer-wcc-gdc-vpnservice 14.22 .0',
  'customer-wcc-ipsec-router-fdc 14.22 .0',
  'customer-wcc-ipsec-router-gdc 14.22 .0',
]

const codeOf = async (run: Promise<unknown>): Promise<unknown> => {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return (error as { refusal?: { code: string } } | null)?.refusal?.code ?? error
}

describe("customer-wcc's month of 81.69 and 20 %", () => {
  it('is planned, charged on a new invoice, kept when charged again, replaced by one line, and adjusted once finalized', async () => {
    await using setup = await OnChargeSetup.start()
    const plan = await setup.plan(WCC, TWENTY)
    expect([formatDecimal(plan.total), plan.target.invoiceId, setup.sent]).toEqual(['98.03', null, []])
    const { intent, run } = await setup.run(WCC, { terms: TWENTY, planHash: plan.hash })
    expect([intent.state, setup.lines(), setup.sent.length]).toEqual(['DONE', LINES, 8])
    const again = await setup.plan(WCC, TWENTY)
    expect([changesOf(again), formatDecimal(again.total)]).toEqual([[], '98.03'])
    expect((await setup.run(WCC, { terms: TWENTY })).intent.state).toBe('DONE')
    expect(setup.sent).toHaveLength(8)

    expect(changesOf(await setup.plan(CHANGED))).toHaveLength(7)
    expect(changesOf(await setup.plan(CHANGED, TWENTY))).toEqual(['REPLACE customer-wcc 24.00'])
    await setup.run(CHANGED, { terms: TWENTY })
    expect(setup.lines()).toEqual(['customer-wcc 24.00 .0', ...LINES.slice(1)].sort())
    await setup.pass(SETTLED)

    await setup.setState(run.invoiceId, 'finalized')
    expect(changesOf(await setup.plan(WCC, TWENTY))).toEqual(['ADJUST customer-wcc -10.28'])
    await setup.run(WCC, { terms: TWENTY })
    expect(setup.lines()).toContain('customer-wcc -10.28 .1')
    await setup.setState(run.invoiceId, 'pending')
    const next = await setup.plan(CHANGED, TWENTY)
    expect([changesOf(next), next.target]).toEqual([
      ['ADJUST customer-wcc 10.28'],
      { invoiceId: null, month: RUNNING, state: 'OPEN' },
    ])
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'is the same invoice when the run is killed after %i lines and run again',
    async killAfter => {
      await using setup = await OnChargeSetup.start()
      const { hash: planHash } = await setup.plan(WCC, TWENTY)
      const order = { terms: TWENTY, key: 'the-same-run-twice', planHash }
      if (killAfter === 0) await createInvoice(setup)
      else await expect(setup.run(WCC, { ...order, killAfter })).rejects.toThrow(Killed)
      setup.restart()
      const { intent } = await setup.run(WCC, order)
      expect([intent.state, setup.lines(), setup.sent.length]).toEqual(['DONE', LINES, 8])
      expect(await setup.run(WCC, order)).toMatchObject({ intent: { state: 'DONE', result: intent.result } })
    },
  )

  it.each([0, 1, 4, 7])('is the same invoice when the response to write %i is lost', async lost => {
    await using setup = await OnChargeSetup.start()
    const { hash: planHash } = await setup.plan(WCC, TWENTY)
    const order = { terms: TWENTY, key: 'the-same-run-twice', planHash }
    setup.onWrite = () => (setup.sent.length === lost + 1 ? 'lost response' : undefined)
    expect(await codeOf(setup.run(WCC, order))).toBe('IN_DOUBT')
    // A second run under another key is held up as well.
    if (lost > 0) expect(await codeOf(setup.run(WCC, { terms: TWENTY }))).toBe('IN_DOUBT')
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    const { intent } = await setup.run(WCC, order)
    expect([intent.state, setup.lines(), setup.sent.length]).toEqual(['DONE', LINES, 8])
  })

  it('is finished by a new plan and key where the first run was given up', async () => {
    await using setup = await OnChargeSetup.start()
    const first = await setup.run(WCC, { terms: TWENTY, killAfter: 3 }).catch((error: unknown) => error)
    expect(first).toBeInstanceOf(Killed)
    expect((await setup.run(WCC, { terms: TWENTY })).intent.state).toBe('DONE')
    expect([setup.lines(), setup.sent.length]).toEqual([LINES, 8])
  })

  it('is charged once by two runs at once with different keys, onto different invoices', async () => {
    await using setup = await OnChargeSetup.start()
    const later = { ...TWENTY, invoiceMonth: '2024-03' }
    const runs = [setup.run(WCC, { terms: TWENTY }), setup.run(WCC, { terms: later })]
    const states = await Promise.allSettled(runs)
    const codes = states.map(one => (one.status === 'fulfilled' ? 'DONE' : one.reason.refusal?.code))
    expect(codes.filter(code => code !== 'DONE').every(code => ['PLAN_CHANGED', 'IN_PROGRESS'].includes(code))).toBe(
      true,
    )
    // Each line is there at most once, and a new plan completes the month.
    expect(new Set(setup.lines()).size).toBe(setup.lines().length)
    await setup.run(WCC, { terms: TWENTY })
    expect(setup.lines()).toEqual(LINES)
  })
})

describe('a run', () => {
  it('is refused without a write when its plan has changed, or its key was used for another', async () => {
    await using setup = await OnChargeSetup.start()
    const { hash } = await setup.plan(WCC)
    expect(await codeOf(setup.run(CHANGED, { planHash: hash }))).toBe('PLAN_CHANGED')
    expect(setup.sent).toEqual([])
    await setup.run(WCC, { key: 'a-key-that-is-used' })
    const { length } = setup.standIn.requests
    const reused = { key: 'a-key-that-is-used', planHash: 'f'.repeat(64) }
    expect(await codeOf(setup.run(WCC, reused))).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(setup.standIn.requests).toHaveLength(length)
  })

  it("does not return another customer's plan for the same key and hash", async () => {
    await using setup = await OnChargeSetup.start()
    const { run } = await setup.run(WCC, { key: 'a-key-that-is-used' })
    for (const other of [{ customerKey: 'acme' }, { buyerId: '72' }, { month: '2023-12' }]) {
      const again = { key: 'a-key-that-is-used', planHash: run.planHash }
      expect(await codeOf(setup.runFor(costOf(WCC, other), again))).toBe('IDEMPOTENCY_KEY_REUSED')
    }
  })

  it('is not ended half way by the limit of calls of a request, or by its caller', async () => {
    await using setup = await OnChargeSetup.start()
    const { hash: planHash } = await setup.plan(WCC)
    const caller = new AbortController()
    setup.onWrite = () => void caller.abort()
    const callBudget = new CallBudget({ allowed: 3, exceeded: () => true }, 'a request')
    const context = { signal: caller.signal, callerName: 'a', callBudget }
    const { intent } = await withRequestContext(context, () => setup.run(WCC, { planHash }))
    expect([intent.state, setup.charged]).toEqual(['DONE', '81.69'])
  })

  it('creates another invoice on the same day once the first was cancelled', async () => {
    await using setup = await OnChargeSetup.start()
    const first = await setup.run(WCC)
    await setup.setState(first.run.invoiceId, 'cancelled')
    const second = await setup.run(WCC)
    await setup.setState(second.run.invoiceId, 'cancelled')
    const third = await setup.run(WCC)
    const created = setup.sent.filter(one => one === 'POST /api/invoices.xml').length
    expect([third.intent.state, setup.charged, created]).toEqual(['DONE', '81.69', 3])
  })

  it('does not go on after its invoice was finalized meanwhile: a new plan has one line for the rest', async () => {
    await using setup = await OnChargeSetup.start()
    const order = { key: 'a-run-that-is-late', planHash: (await setup.plan(WCC)).hash }
    await setup.run(WCC, { ...order, killAfter: 3 }).catch(() => {})
    await setup.setState(String(setup.invoices.at(-1)), 'finalized')
    expect(await codeOf(setup.run(WCC, order))).toBe('PLAN_CHANGED')
    expect(changesOf(await setup.plan(WCC))).toEqual(['ADJUST Correction of January 2024 46.98'])
  })

  it('does not charge an invoice that is not an open one of its buyer, whatever an incident was resolved with', async () => {
    await using setup = await OnChargeSetup.start()
    const order = { key: 'a-run-with-incident', planHash: (await setup.plan(WCC)).hash }
    setup.onWrite = () => 'lost response'
    expect(await codeOf(setup.run(WCC, order))).toBe('IN_DOUBT')
    setup.onWrite = () => undefined
    const [step] = await setup.journal.all()
    if (!step) throw new Error('no step was recorded')
    await setup.journal.settle(step, { state: 'INCIDENT' })
    const ofAnother = nimbusMaps.invoices.find(({ id }) => id === 1215)
    if (!ofAnother) throw new Error('there is no invoice of another buyer')
    await setup.setState(String(setup.invoices.at(-1)), 'cancelled')
    setup.standIn.addInvoice({ ...ofAnother, id: 9215, state: 'open' })
    const decision = { key: step.key, isDone: true, note: 'looked it up' }
    const resolve = (reference: Decision['reference']) => codeOf(setup.writes.resolve({ ...decision, reference }))
    expect(await resolve(null)).toBe('BAD_USER_INPUT')
    expect(await resolve({ invoiceId: '9215', lineItemId: null, buyerId: '72' })).toBe('CONFLICT')
    // The journal may hold one that was resolved before this was checked.
    await setup.journal.settle(
      { ...step, state: 'INCIDENT' },
      { state: 'DONE', result: { invoiceId: '9215', lineItemId: null } },
    )
    expect(await codeOf(setup.run(WCC, order))).toBe('CONFLICT')
    expect([setup.lines(), setup.sent]).toEqual([[], ['POST /api/invoices.xml']])
  })

  it('blocks the issue of its invoice until it is finished', async () => {
    await using setup = await OnChargeSetup.start()
    const order = { key: 'a-run-that-is-cut', planHash: (await setup.plan(WCC)).hash }
    await setup.run(WCC, { ...order, killAfter: 3 }).catch(() => {})
    await setup.pass(SETTLED)
    const invoiceId = String(setup.invoices.at(-1))
    const issue = { operation: 'setInvoiceState', invoiceId, state: 'pending' } as const
    const write = (key: string) =>
      setup.writer.write({
        principal: 'key:finance',
        operation: issue.operation,
        key,
        input: issue,
        allowSimilar: false,
      })
    await expect(write('issue-it-now-please')).rejects.toThrow(
      'the on-charge with the key a-run-that-is-cut is not finished',
    )
    await setup.run(WCC)
    await setup.pass(SETTLED)
    expect((await write('issue-it-once-more')).state).toBe('DONE')
  })

  it('blocks the issue of its invoice in another currency than it was planned in', async () => {
    await using setup = await OnChargeSetup.start()
    const { run } = await setup.run(WCC)
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    const invoice = setup.standIn.data.invoices.find(({ id }) => String(id) === run.invoiceId)
    Object.assign(invoice ?? {}, { currency: 'USD' })
    const input = { operation: 'setInvoiceState', invoiceId: run.invoiceId, state: 'pending' } as const
    const order = { principal: 'key:finance', operation: input.operation, key: 'issue-it-now-please', input }
    await expect(setup.writer.write({ ...order, allowSimilar: false })).rejects.toThrow(
      'it is in USD, and was on-charged in NZD',
    )
  })

  it('replaces a line twice within a day, and its invoice can be issued afterwards', async () => {
    await using setup = await OnChargeSetup.start()
    for (const lines of [WCC, CHANGED, WCC]) await setup.run(lines)
    await setup.pass(SETTLED)
    await setup.pass(BETWEEN_READS)
    const invoiceId = String(setup.invoices.at(-1))
    const input = { operation: 'setInvoiceState', invoiceId, state: 'pending' } as const
    const order = { principal: 'key:finance', operation: input.operation, key: 'issue-it-now-please', input }
    expect((await setup.writer.write({ ...order, allowSimilar: false })).state).toBe('DONE')
    expect(setup.lines().map(line => line.split(' ')[1])).toEqual([
      '11.43',
      '11.43',
      '11.85',
      '11.43',
      '11.85',
      '11.85',
      '11.85',
    ])
  })

  it('adds a line again that a person has removed in the portal', async () => {
    await using setup = await OnChargeSetup.start()
    const { run } = await setup.run(WCC)
    const invoice = setup.standIn.data.invoices.find(({ id }) => String(id) === run.invoiceId)
    await setup.removeByHand(run.invoiceId, String(invoice?.lineItems[0]?.id))
    expect(changesOf(await setup.plan(WCC))).toHaveLength(1)
    await setup.run(WCC)
    expect(setup.lines()).toHaveLength(7)
  })

  it('beyond three times the median of the months before requires the scope admin', async () => {
    await using setup = await OnChargeSetup.start()
    const before = costOf([resourceLine('a', '10.00')], { month: '2023-12' })
    await setup.runFor(before)
    const clerk = {
      ...FULL_ACCESS,
      id: 'key:clerk',
      scopes: new Set(['billing:write', 'billing:read', 'costs:read'] as const),
    }
    expect(await codeOf(setup.run(WCC, { principal: clerk }))).toBe('CONFLICT')
    expect((await setup.run(WCC)).intent.state).toBe('DONE')
  })

  it('is an incident when the lines do not sum to the total at the end', async () => {
    await using setup = await OnChargeSetup.start()
    setup.onWrite = () => {
      if (setup.sent.length < 8) return undefined
      const invoice = setup.standIn.data.invoices.at(-1)
      return setup.removeByHand(String(invoice?.id), String(invoice?.lineItems[0]?.id))
    }
    const { intent } = await setup.run(WCC)
    expect(intent).toMatchObject({ state: 'INCIDENT', refusal: { code: 'INCIDENT' } })
    expect(intent.refusal?.message).toContain('instead of 81.69')
  })
})

describe('with the journal lost', () => {
  it('25 invoices are on-charged again without a new line', async () => {
    expect(await chargeWithoutJournal(25)).toEqual({ invoices: 25, linesBefore: 50, linesAfter: 50, newWrites: 0 })
  })
})

/** What a run leaves that was killed right after it has created the invoice. */
async function createInvoice({ writer }: OnChargeSetup): Promise<void> {
  const input = { operation: 'createInvoice', buyerId: BUYER, month: RUNNING } as const
  await writer.write({
    principal: 'key:router',
    operation: input.operation,
    key: 'an-invoice-of-a-run',
    input,
    allowSimilar: false,
  })
}
