import type { Contract, Plan } from '../../domain/contract.js'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import type { Metric } from '../../domain/metric.js'
import type { Payment } from '../../domain/payment.js'
import type { Loaders } from '../loaders.js'

/** The attempts to charge an invoice, oldest first. Without attempts the upstream is not called. */
export async function loadPayments({ threescale }: Loaders, invoice: Invoice): Promise<readonly Payment[]> {
  return threescale && invoice.paymentCount ? threescale.details.payments.load(invoice.nativeId) : []
}

/** The metric of a line; null when it was deleted or belongs to a backend. */
export async function loadMetricOf({ threescale }: Loaders, { metricId }: LineItem): Promise<Metric | null> {
  return threescale && metricId !== null ? ((await threescale.details.metrics()).get(metricId) ?? null) : null
}

/** The contract of a line; null when it was deleted or is not an application. */
export async function loadContractOf({ threescale }: Loaders, line: LineItem): Promise<Contract | null> {
  if (!threescale || line.contractId === null || line.invoiceId === null) return null
  const buyer = (await threescale.invoices.load(line.invoiceId))?.buyer
  if (!buyer || buyer.deleted) return null
  const contracts = await threescale.details.contractsByBuyer.load(buyer.nativeId)
  return contracts.find(contract => contract.nativeId === line.contractId) ?? null
}

/** The plan of a line: usually the current plan of its contract, otherwise one of all plans. */
export async function loadPlanOf(loaders: Loaders, line: LineItem): Promise<Plan | null> {
  const { planId } = line
  if (!loaders.threescale || planId === null) return null
  const contract = await loadContractOf(loaders, line)
  if (contract?.plan.nativeId === planId) return contract.plan
  return (await loaders.threescale.details.plans()).get(planId) ?? null
}

/** An attempt to charge an invoice by id; null when it does not exist. */
export async function loadPayment({ threescale }: Loaders, invoiceId: string, id: string): Promise<Payment | null> {
  const payments = await threescale?.details.payments.load(invoiceId)
  return payments?.find(payment => payment.nativeId === id) ?? null
}

/** A contract by id; null when it does not exist. */
export async function loadContract({ threescale }: Loaders, id: string): Promise<Contract | null> {
  return (await threescale?.details.contracts.load(id)) ?? null
}

/** A metric or method by id; null when no service has it. */
export async function loadMetric({ threescale }: Loaders, id: string): Promise<Metric | null> {
  return (await threescale?.details.metrics())?.get(id) ?? null
}
