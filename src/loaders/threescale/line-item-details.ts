import type { Contract, Plan } from '../../domain/contract.js'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import type { Metric } from '../../domain/metric.js'
import type { Payment } from '../../domain/payment.js'
import type { Loaders } from '../loaders.js'

/** The attempts to charge an invoice, oldest first; nobody is asked where there were none. */
export async function loadPayments({ threescale }: Loaders, invoice: Invoice): Promise<readonly Payment[]> {
  return threescale && invoice.hasPayments ? threescale.details.payments.load(invoice.nativeId) : []
}

/** What a line is measured by; null where the metric is deleted, or belongs to a backend. */
export async function loadMetricOf({ threescale }: Loaders, { metricId }: LineItem): Promise<Metric | null> {
  return threescale && metricId !== null ? ((await threescale.details.metrics()).get(metricId) ?? null) : null
}

/** The contract that a line was billed for; null where it is deleted, or no application. */
export async function loadContractOf({ threescale }: Loaders, line: LineItem): Promise<Contract | null> {
  if (!threescale || line.contractId === null || line.invoiceId === null) return null
  const buyer = (await threescale.invoices.load(line.invoiceId))?.buyer
  if (!buyer || buyer.deleted) return null
  const contracts = await threescale.details.contractsByBuyer.load(buyer.nativeId)
  return contracts.find(contract => contract.nativeId === line.contractId) ?? null
}

/** The plan that a line was billed by: mostly its contract's present one, else looked up among all. */
export async function loadPlanOf(loaders: Loaders, line: LineItem): Promise<Plan | null> {
  const { planId } = line
  if (!loaders.threescale || planId === null) return null
  const contract = await loadContractOf(loaders, line)
  if (contract?.plan.nativeId === planId) return contract.plan
  return (await loaders.threescale.details.plans()).get(planId) ?? null
}

/** One attempt to charge an invoice; null when there is none such. */
export async function loadPayment({ threescale }: Loaders, invoiceId: string, id: string): Promise<Payment | null> {
  const payments = await threescale?.details.payments.load(invoiceId)
  return payments?.find(payment => payment.nativeId === id) ?? null
}

/** A contract by its id; null when no application has it. */
export async function loadContract({ threescale }: Loaders, id: string): Promise<Contract | null> {
  return (await threescale?.details.contracts.load(id)) ?? null
}

/** A metric or method by its id; null when no service has it. */
export async function loadMetric({ threescale }: Loaders, id: string): Promise<Metric | null> {
  return (await threescale?.details.metrics())?.get(id) ?? null
}
