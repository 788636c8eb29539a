import { describe, expect, it } from 'vitest'
import type { InvoiceRecord } from '../../../src/standin/threescale/data.js'
import type { Knobs } from '../../../src/standin/threescale/knobs.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { invoice, nimbusMaps, planLine } from './nimbus-maps.js'
import { errorsOf, get, send } from './request.js'

const failed = ['Failed to charge the credit card.']

function start(rest: Partial<InvoiceRecord> = {}, knobs: Partial<Knobs> = {}, permission: 'ro' | 'rw' = 'rw') {
  const lineItems = [planLine(1, 'x', '100.005')]
  const only = invoice(1, { state: 'pending', issuedOn: '2024-07-01', buyerId: 71, vatRate: '21', lineItems, ...rest })
  return startThreescale({
    data: { ...nimbusMaps, invoices: [only] },
    clock: () => new Date('2024-07-03T10:00:00Z'),
    timeZone: 'UTC',
    tokens: [{ value: 'one', scopes: ['finance'], permission }],
    knobs,
  })
}

const chargePath = '/api/invoices/1/charge.xml'

describe('charging', () => {
  it.each(['pending', 'unpaid', 'failed'] as const)('pays an invoice in the state %s', async state => {
    await using standIn = await start({ state })
    const response = await send(standIn, 'POST', `${chargePath}?a=b`)
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe(`${standIn.url}/api/invoices/1/charge?a=b&id=1`)
    const text = await response.text()
    expect(text).toContain('<state>paid</state><paid_at>2024-07-03 10:00:00 UTC</paid_at>')
    expect(text).toContain('<payment_transactions_count>1</payment_transactions_count>')
    const payments = await (await get(standIn, '/api/invoices/1/payment_transactions.xml')).text()
    expect(payments).toContain('<success>true</success><amount>121.01</amount><currency>EUR</currency>')
    expect(payments).toContain('<number>demo-secret-card-4242</number>')
  })

  it.each(['open', 'finalized', 'paid', 'cancelled'] as const)('is rejected in the state %s', async state => {
    await using standIn = await start({ state })
    const response = await send(standIn, 'POST', chargePath)
    expect(response.status).toBe(422)
    expect(await errorsOf(response)).toEqual(['State Invoice 1 is not in chargeable state!'])
  })

  it('keeps the state and leaves one transaction if the card is declined', async () => {
    await using standIn = await start({}, { gateway: 'decline' })
    expect(await errorsOf(await send(standIn, 'POST', chargePath))).toEqual(failed)
    expect(standIn.data.invoices[0]).toMatchObject({ state: 'pending', paymentTransactionsCount: 1 })
    const payments = await (await get(standIn, '/api/invoices/1/payment_transactions.xml')).text()
    expect(payments).toContain('<success>false</success>')
    expect(payments).toContain('<decline_code nil="true"/>')
  })

  it.each<[string, Partial<InvoiceRecord>, Partial<Knobs>]>([
    ['no gateway', {}, { gateway: 'none' }],
    ['no card', { buyerId: 73 }, {}],
    ['a deleted buyer', { buyerId: 66 }, {}],
  ])('with %s has the same response, and leaves no transaction', async (_, rest, knobs) => {
    await using standIn = await start(rest, knobs)
    const before = standIn.data.paymentTransactions.length
    const response = await send(standIn, 'POST', chargePath)
    expect(response.status).toBe(422)
    expect(await errorsOf(response)).toEqual(failed)
    expect(standIn.data.invoices[0]).toMatchObject({ state: 'pending', paymentTransactionsCount: 0 })
    expect(standIn.data.paymentTransactions).toHaveLength(before)
  })

  it('with monthly charging off has the same response', async () => {
    const buyers = nimbusMaps.buyers.map(buyer => ({ ...buyer, isMonthlyChargingEnabled: false }))
    await using standIn = await startThreescale({ data: { ...nimbusMaps, buyers } })
    expect(await errorsOf(await send(standIn, 'POST', '/api/invoices/1208/charge.xml'))).toEqual(failed)
    expect(standIn.data.invoices.find(({ id }) => id === 1208)?.state).toBe('unpaid')
  })

  it.each(['0', '-0.004', '-250'])('of a cost of %s voids the invoice, with the same response', async cost => {
    await using standIn = await start({ lineItems: [planLine(1, 'x', cost)] })
    const response = await send(standIn, 'POST', chargePath)
    expect(response.status).toBe(422)
    expect(await errorsOf(response)).toEqual(failed)
    expect(standIn.data.invoices[0]).toMatchObject({ state: 'cancelled', currency: 'EUR' })
  })

  it('with a read-only token is rejected at the write, and stores nothing', async () => {
    await using standIn = await start({}, {}, 'ro')
    expect((await send(standIn, 'POST', chargePath)).status).toBe(403)
    expect(standIn.data.invoices[0]).toMatchObject({ state: 'pending', paymentTransactionsCount: 0 })
  })
})
