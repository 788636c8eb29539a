import { describe, expect, it } from 'vitest'
import { invoiceStates } from '../../../src/standin/threescale/data.js'
import { formatDecimal } from '../../../src/standin/threescale/decimal.js'
import { demoData } from '../../../src/standin/threescale/demo-data.js'
import { invoiceMoney } from '../../../src/standin/threescale/invoice-money.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { get, listedTotals } from './request.js'

const days = ['2026-11-22T00:00:00Z', '2026-03-01T00:00:00Z', '2026-01-02T12:00:00Z', '2024-02-29T23:59:59Z']

describe.each(days)('the demo on %s', day => {
  const now = new Date(day)
  const { invoices, buyers } = demoData({ seed: 1, now })

  it('has about 300 invoices of 14 months up to today, and one of July 2017', () => {
    expect(invoices.length).toBeGreaterThan(250)
    expect(invoices.length).toBeLessThan(360)
    const months = [...new Set(invoices.map(({ period }) => period))].sort()
    expect(months).toHaveLength(15)
    expect(months[0]).toBe('2017-07')
    expect(months.at(-1)).toBe(day.slice(0, 7))
  })

  it('has every state and both creation types', () => {
    expect(new Set(invoices.map(({ state }) => state))).toEqual(new Set(invoiceStates))
    expect(new Set(invoices.map(({ creationType }) => creationType))).toEqual(new Set(['background', 'manual']))
  })

  it('has consistent times', () => {
    for (const { id, state, createdAt, paidAt, issuedOn, dueOn } of invoices) {
      const created = createdAt.toISOString()
      const isIssued = !['open', 'finalized'].includes(state) && !(state === 'cancelled' && issuedOn === undefined)
      expect([id, createdAt <= now, paidAt === undefined, issuedOn === undefined]).toEqual([
        id,
        true,
        state !== 'paid',
        !isIssued,
      ])
      if (issuedOn === undefined) continue
      expect(issuedOn >= created.slice(0, 10)).toBe(true)
      expect(issuedOn <= day.slice(0, 10)).toBe(true)
      expect(Date.parse(dueOn ?? '') - Date.parse(issuedOn)).toBe(2 * 86400000)
      if (!paidAt) continue
      expect(paidAt <= now).toBe(true)
      expect(paidAt.toISOString() >= issuedOn).toBe(true)
    }
  })

  it('numbers the invoices in the order of creation, with one duplicate', () => {
    const ids = invoices.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const created = invoices.map(({ createdAt }) => createdAt.getTime())
    expect(created).toEqual(created.toSorted((a, b) => a - b))
    const numbers = invoices.map(({ friendlyId }) => friendlyId)
    expect(numbers.length - new Set(numbers).size).toBe(1)
    expect(numbers.filter(number => /^\d{4}-\d{8}$/.test(number)).length).toBeGreaterThan(5)
    expect(numbers.every(number => /^\d{4}-(?:\d{2}-)?\d{8}$/.test(number))).toBe(true)
    const lines = invoices.flatMap(({ lineItems }) => lineItems.map(({ id }) => id))
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('bills known buyers only; one of them is deleted, and one is never billed', () => {
    const deleted = buyers.filter(({ isDeleted }) => isDeleted).map(({ id }) => id)
    expect(deleted).toHaveLength(1)
    expect(invoices.filter(({ buyerId }) => deleted.includes(buyerId)).length).toBeGreaterThan(2)
    const billed = new Set(invoices.map(({ buyerId }) => buyerId))
    expect(buyers.filter(({ id }) => !billed.has(id)).map(({ orgName }) => orgName)).toEqual(['Kea Ventures'])
    for (const { buyerId, createdAt } of invoices) {
      const buyer = buyers.find(({ id }) => id === buyerId)
      expect(buyer && buyer.createdAt <= createdAt).toBe(true)
    }
  })

  it('has the rare cases', () => {
    const totals = invoices.map(each => formatDecimal(invoiceMoney(each).cost))
    const lines = invoices.flatMap(({ lineItems }) => lineItems)
    expect(totals).toContain('-0.0')
    expect(totals.some(total => Number(total) < -100)).toBe(true)
    expect(invoices.some(({ currency }) => currency === '')).toBe(true)
    expect(new Set(invoices.map(({ vatRate }) => vatRate))).toEqual(new Set(['15', '12.5', undefined]))
    expect(lines.some(({ name }) => name?.startsWith('Setup fee'))).toBe(true)
    expect(lines.some(({ name, cost }) => name?.startsWith('Refund') && cost.startsWith('-'))).toBe(true)
    expect(lines.some(({ type }) => type === '')).toBe(true)
    expect(lines.some(({ cost }) => /\.\d{3}[1-9]$/.test(cost))).toBe(true)
    expect(invoices.some(each => /\.\d\d50*$/.test(formatDecimal(invoiceMoney(each).costWithoutVat)))).toBe(true)
  })
})

describe('the demo', () => {
  it('is the same for the same seed and time, and differs between seeds', async () => {
    const clock = () => new Date('2026-11-22T00:00:00Z')
    const read = async (seed: number): Promise<string> => {
      await using standIn = await startThreescale({ seed, clock })
      return (await get(standIn, '/api/invoices.xml?per_page=500')).text()
    }
    const first = await read(1)
    expect(await read(1)).toBe(first)
    expect(await read(2)).not.toBe(first)
  })

  it('is served by default', async () => {
    await using standIn = await startThreescale()
    const [, , , entries] = await listedTotals(standIn, '/api/invoices.xml')
    expect(entries).toBe(standIn.data.invoices.length)
  })
})
