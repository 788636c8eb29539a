import type { ContractRecord } from './contract-data.js'
import type { InvoiceRecord, LineItemRecord } from './data.js'
import { leadingInteger } from './pagination.js'
import { type ParameterTree, textOf } from './parameter-tree.js'
import type { Tenant } from './tenant.js'

/** References of a line to other records. */
export type LineItemReferences = Pick<
  LineItemRecord,
  'metricId' | 'planId' | 'contractId' | 'contractType' | 'cinstanceId'
>

/**
 * References of a new line. A blank id is no reference.
 *
 * @returns `undefined` if an id does not belong to the buyer or the tenant
 */
export function lineItemReferences(
  tenant: Tenant,
  invoice: InvoiceRecord,
  wrapper: ParameterTree,
): LineItemReferences | undefined {
  const [metricId, planId, contractId, cinstanceId] = ['metric_id', 'plan_id', 'contract_id', 'cinstance_id'].map(
    name => idOf(wrapper, name),
  )
  const contracts = contractsOf(tenant, invoice.buyerId)
  const contract = contracts.find(({ record }) => record.id === contractId)
  const application = contracts.find(({ record, type }) => type === 'Cinstance' && record.id === cinstanceId)
  const metrics = tenant.data.services.flatMap(service => service.metrics)
  const isKnown =
    (metricId === undefined || metrics.some(({ id }) => id === metricId)) &&
    (planId === undefined || contracts.some(({ record }) => record.planId === planId)) &&
    (contractId === undefined || contract !== undefined) &&
    (cinstanceId === undefined || application !== undefined)
  if (!isKnown) return undefined
  return {
    metricId: metricId ?? null,
    planId: planId ?? contract?.record.planId ?? null,
    contractId: contractId ?? null,
    contractType: contract?.type ?? null,
    ...(cinstanceId === undefined ? {} : { cinstanceId }),
  }
}

interface TypedContract {
  readonly type: 'Cinstance' | 'ServiceContract' | 'AccountContract'
  readonly record: ContractRecord
}

function contractsOf({ data }: Tenant, buyerId: number): readonly TypedContract[] {
  const all: readonly TypedContract[] = [
    ...data.applications.map(record => ({ type: 'Cinstance', record }) as const),
    ...data.subscriptions.map(record => ({ type: 'ServiceContract', record }) as const),
    ...data.accountContracts.map(record => ({ type: 'AccountContract', record }) as const),
  ]
  return all.filter(({ record }) => record.buyerId === buyerId)
}

function idOf(wrapper: ParameterTree, name: string): number | undefined {
  const text = textOf(wrapper, name)
  return text?.trim() ? Number(leadingInteger(text)) : undefined
}
