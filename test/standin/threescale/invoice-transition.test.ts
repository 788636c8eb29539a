import { describe, expect, it } from 'vitest'
import { type InvoiceState, invoiceStates } from '../../../src/standin/threescale/data.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { invoice, nimbusMaps } from './nimbus-maps.js'
import { errorsOf, send } from './request.js'

const clock = () => new Date('2024-07-30T23:30:00Z')
const allowed: Readonly<Record<InvoiceState, readonly string[]>> = {
  open: ['finalized', 'pending', 'cancelled'],
  finalized: ['pending', 'cancelled'],
  pending: ['unpaid', 'paid', 'cancelled'],
  unpaid: ['paid', 'failed', 'cancelled'],
  failed: ['paid', 'cancelled'],
  paid: [],
  cancelled: [],
}

function start(state: InvoiceState, rest: Parameters<typeof invoice>[1] = {}) {
  const only = invoice(1, { state, vatRate: '21', buyerId: 71, ...rest })
  return startThreescale({ data: { ...nimbusMaps, invoices: [only] }, clock, timeZone: 'Europe/Madrid' })
}

describe.each(invoiceStates)('from %s', state => {
  it.each(invoiceStates)('to %s', async target => {
    await using standIn = await start(state)
    const response = await send(standIn, 'PUT', '/api/invoices/1/state.xml', { state: target })
    if (allowed[state].includes(target)) {
      expect(response.status).toBe(200)
      expect(await response.text()).toContain(`<state>${target}</state><paid_at>`)
    } else {
      expect(response.status).toBe(422)
      expect(await errorsOf(response)).toEqual([`Cannot transition to ${target}`])
    }
  })
})

describe('setting the state', () => {
  it('accepts cancel, and repeats it as sent in the error', async () => {
    await using standIn = await start('open')
    const cancel = () => send(standIn, 'PUT', '/api/invoices/1/state.xml', { state: 'cancel' })
    expect(await (await cancel()).text()).toContain('<state>cancelled</state>')
    expect(await errorsOf(await cancel())).toEqual(['Cannot transition to cancel'])
  })

  it('reads the state from the top level, query or body', async () => {
    await using standIn = await start('open')
    const nested = await send(standIn, 'PUT', '/api/invoices/1/state.xml', { 'invoice[state]': 'finalized' })
    expect(await errorsOf(nested)).toEqual(['Cannot transition to '])
    expect((await send(standIn, 'PUT', '/api/invoices/1/state.xml?state=finalized')).status).toBe(200)
    expect((await send(standIn, 'PUT', '/api/invoices/1/state.xml', { json: { state: 'pending' } })).status).toBe(200)
  })

  it('prefers the body to the query', async () => {
    await using standIn = await start('open')
    const response = await send(standIn, 'PUT', '/api/invoices/1/state.xml?state=pending', { state: 'finalized' })
    expect(await response.text()).toContain('<state>finalized</state>')
  })

  it('to pending sets the dates by UTC and freezes rate, currency and addresses', async () => {
    await using standIn = await start('open')
    const text = await (await send(standIn, 'PUT', '/api/invoices/1/state.xml', { state: 'pending' })).text()
    expect(text).toContain('<due_on>2024-08-01</due_on><issued_on>2024-07-30</issued_on><currency>EUR</currency>')
    standIn.changeVatRate(71, '25')
    expect(standIn.data.invoices[0]).toMatchObject({ vatRate: '21', frozenAddresses: { buyer: { city: 'München' } } })
  })

  it('keeps the VAT rate of an unissued invoice at the buyer’s', async () => {
    await using standIn = await start('finalized')
    standIn.changeVatRate(71, '25')
    expect(standIn.data.invoices[0]).toMatchObject({ vatRate: '25' })
  })

  it('to paid stores the time', async () => {
    await using standIn = await start('pending', { issuedOn: '2024-07-01', dueOn: '2024-07-03' })
    const text = await (await send(standIn, 'PUT', '/api/invoices/1/state.xml', { state: 'paid' })).text()
    expect(text).toContain('<paid_at>2024-07-31 01:30:00 +0200</paid_at>')
  })

  it('to cancelled keeps the currency of an issued invoice only', async () => {
    await using issued = await start('pending', { issuedOn: '2024-07-01' })
    await using open = await start('open')
    const cancel = async (standIn: typeof issued) =>
      (await send(standIn, 'PUT', '/api/invoices/1/state.xml', { state: 'cancelled' })).text()
    expect(await cancel(issued)).toContain('<currency>EUR</currency>')
    expect(await cancel(open)).toContain('<currency/>')
  })

  it('to pending fails for a deleted buyer', async () => {
    await using standIn = await start('finalized', { buyerId: 66 })
    const response = await send(standIn, 'PUT', '/api/invoices/1/state.xml', { state: 'pending' })
    expect(response.status).toBe(500)
    expect(standIn.data.invoices[0]?.state).toBe('finalized')
  })

  it('with a read-only token fails at the write: valid 403, invalid 422, unknown 404', async () => {
    await using standIn = await startThreescale({
      data: nimbusMaps,
      tokens: [{ value: 'reader', scopes: ['finance'], permission: 'ro' }],
    })
    const status = async (id: number, state: string) =>
      (await send(standIn, 'PUT', `/api/invoices/${id}/state.xml`, { state })).status
    expect(await status(1217, 'paid')).toBe(422)
    expect(await status(4711, 'paid')).toBe(404)
    const refused = await send(standIn, 'PUT', '/api/invoices/1217/state.xml', { state: 'finalized' })
    expect(refused.status).toBe(403)
    expect(await errorsOf(refused)).toEqual(['Your access token does not have the correct permissions'])
    expect(standIn.data.invoices.find(({ id }) => id === 1217)?.state).toBe('open')
  })
})
