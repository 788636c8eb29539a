import type { ThreescaleData } from '../../src/standin/threescale/data.js'
import { demoPlanRecords } from '../../src/standin/threescale/demo-plans.js'
import { demoProvider } from '../../src/standin/threescale/demo-provider.js'
import { demoServices } from '../../src/standin/threescale/demo-services.js'
import { BUYERS, markedBuyer, markedContract } from './marked-buyers.js'
import { markedInvoices, markedPayments } from './marked-invoices.js'

/** Tenant data in which every record of a buyer carries its tag. Provider, plans and metrics are shared. */
export function markedTenant(): ThreescaleData {
  const invoices = markedInvoices()
  return {
    provider: { ...demoProvider, currency: 'EUR' },
    buyers: BUYERS.map(markedBuyer),
    invoices,
    paymentTransactions: invoices.flatMap(markedPayments),
    services: demoServices,
    plans: demoPlanRecords,
    applications: BUYERS.map(markedContract),
    subscriptions: [],
    accountContracts: [],
  }
}
