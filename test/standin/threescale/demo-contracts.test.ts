import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/standin/threescale/decimal.js'
import { demoData } from '../../../src/standin/threescale/demo-data.js'
import { invoiceMoney } from '../../../src/standin/threescale/invoice-money.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { get } from './request.js'

const days = ['2026-11-22T00:00:00Z', '2026-03-01T00:00:00Z', '2024-02-29T23:59:59Z']

describe.each(days)('the references of the demo’s lines on %s', day => {
  const now = new Date(day)
  const { invoices, buyers, applications, subscriptions, services, plans, paymentTransactions } = demoData({
    seed: 1,
    now,
  })
  const lines = invoices.flatMap(invoice => invoice.lineItems.map(line => ({ ...line, buyerId: invoice.buyerId })))
  const contracts = new Map([...applications, ...subscriptions].map(contract => [contract.id, contract]))

  it('belong to the buyer, and metrics to the service of the contract', () => {
    for (const { contractId, buyerId, metricId, planId } of lines) {
      const contract = contracts.get(contractId ?? 0)
      if (contract) expect([contractId, contract.buyerId]).toEqual([contractId, buyerId])
      if (planId !== null) expect(plans.map(({ id }) => id)).toContain(planId)
      const owner = services.find(({ metrics }) => metrics.some(({ id }) => id === metricId))
      if (contract && owner) expect([contractId, owner.id]).toEqual([contractId, contract.serviceId])
    }
  })

  it('mostly exist; missing are the applications of a deleted buyer and one more, and a backend’s metric', () => {
    const ids = [...new Set(lines.flatMap(({ contractId }) => contractId ?? []))]
    expect(ids.filter(id => !contracts.has(id)).sort()).toEqual([520, 598])
    const metricIds = services.flatMap(({ metrics }) => metrics.map(({ id }) => id))
    const metrics = [...new Set(lines.flatMap(({ metricId }) => metricId ?? []))]
    expect(metrics.filter(id => !metricIds.includes(id))).toEqual([851])
    expect(ids.some(id => subscriptions.some(subscription => subscription.id === id))).toBe(true)
  })

  it('have contracts of every state, and unique ids', () => {
    expect(new Set(applications.map(({ state }) => state))).toEqual(new Set(['live', 'suspended', 'pending']))
    expect(contracts.size).toBe(applications.length + subscriptions.length)
  })

  it('have as many payments as the invoices count, the last one successful if paid', () => {
    for (const invoice of invoices) {
      const attempts = paymentTransactions.filter(({ invoiceId }) => invoiceId === invoice.id)
      expect([invoice.id, attempts.length]).toEqual([invoice.id, invoice.paymentTransactionsCount])
      const cost = formatDecimal(invoiceMoney(invoice).cost)
      for (const attempt of attempts) {
        expect(attempt).toMatchObject({ buyerId: invoice.buyerId, currency: invoice.currency })
        expect(formatDecimal(parseDecimal(attempt.amount))).toBe(cost)
        expect(attempt.updatedAt <= now && attempt.createdAt > invoice.createdAt).toBe(true)
        expect(attempt.isSuccess).toBe(invoice.state === 'paid' && attempt === attempts.at(-1))
      }
    }
    expect(paymentTransactions.some(({ isSuccess }) => !isSuccess)).toBe(true)
    expect(paymentTransactions.some(({ isTest }) => isTest)).toBe(true)
    expect(buyers.length).toBeGreaterThan(0)
  })
})

describe('the demo', () => {
  it('has secrets only where real tenants have them', async () => {
    await using standIn = await startThreescale({ clock: () => new Date('2026-11-22T00:00:00Z') })
    const paid = standIn.data.paymentTransactions.find(({ isSuccess }) => isSuccess)?.invoiceId
    const read = async (path: string) => await (await get(standIn, path)).text()
    const payments = await read(`/api/invoices/${paid}/payment_transactions.xml`)
    expect(payments).toContain('demo-secret-card-4242')
    expect(payments).toContain('demo-secret-payment-intent')
    expect(await read('/admin/api/accounts/101/applications.xml')).toContain('demo-secret-user-key-501')
    for (const path of [
      '/api/invoices.xml?per_page=500',
      '/admin/api/accounts.xml',
      '/admin/api/services.xml',
      '/admin/api/application_plans.xml',
    ]) {
      expect(await read(path)).not.toContain('demo-secret')
    }
  })
})
