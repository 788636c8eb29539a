import DataLoader from 'dataloader'
import type { Contract, Plan } from '../../domain/contract.js'
import type { Metric } from '../../domain/metric.js'
import type { Payment } from '../../domain/payment.js'
import type { ThreescaleBilling } from '../../upstream/threescale/billing.js'
import type { Load } from '../load.js'
import { once, settle } from '../settle.js'
import { createContractsByBuyer } from './contracts-by-buyer.js'
import { loadMany } from './load-many.js'

/** Loaders of the records that invoices refer to. */
export interface ThreescaleDetails {
  /** Key: invoice id. Value: attempts to charge it, oldest first. */
  readonly payments: Load<string, readonly Payment[]>
  /** Key: account id. Value: that buyer's contracts. */
  readonly contractsByBuyer: Load<string, readonly Contract[]>
  /** Key: application id. Value: the contract, or null. */
  readonly contracts: Load<string, Contract | null>
  /** All metrics and methods by id, read once per request. */
  readonly metrics: () => Promise<ReadonlyMap<string, Metric>>
  /** All plans by id, read once per request. */
  readonly plans: () => Promise<ReadonlyMap<string, Plan>>
}

/**
 * 3scale has no endpoint for several payments, contracts or metrics by id, so whole lists are read once.
 *
 * @param sees false for a buyer whose contracts by id are treated like missing ones
 */
export function createThreescaleDetails(
  billing: ThreescaleBilling,
  sees: (buyerId: string) => boolean,
): ThreescaleDetails {
  const list = {
    readPage: (page: number) => billing.contractPage(page),
    idOf: (one: Contract) => one.nativeId,
    isVisible: (one: Contract) => sees(one.buyerId),
  }
  return {
    payments: new DataLoader(ids => settle(ids, id => billing.payments(id)), { name: 'payments' }),
    contractsByBuyer: createContractsByBuyer(billing),
    contracts: new DataLoader(ids => loadMany(ids, list, id => billing.contract(id, sees)), { name: 'contracts' }),
    metrics: once(async () => byId(await billing.metrics())),
    plans: once(async () => byId(await billing.plans())),
  }
}

function byId<T extends { readonly nativeId: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map(record => [record.nativeId, record]))
}
