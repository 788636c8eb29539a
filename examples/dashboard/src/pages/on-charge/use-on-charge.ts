import { useMutation } from '@apollo/client/react'
import { useState } from 'react'
import type { DashboardOnChargeMutation, OnChargeInput } from '../../gql/graphql.ts'
import { onChargeMutation } from './on-charge.query.ts'

/** What a plan is made from: the input of the mutation without what only its run needs. */
export type Terms = Omit<OnChargeInput, 'idempotencyKey' | 'dryRun' | 'expectedPlanHash'>

/** The answer of the mutation. */
export type Outcome = DashboardOnChargeMutation['onCharge']

/** A plan that was shown, and the key under which it is applied: the same on every retry, so that it is applied at most once. */
export interface ShownPlan {
  readonly terms: Terms
  readonly outcome: Outcome
  readonly key: string
}

/** Plans and applies. One plan at a time. */
export function useOnCharge() {
  const [mutate, { loading, error }] = useMutation(onChargeMutation, { errorPolicy: 'all' })
  const [shown, setShown] = useState<ShownPlan | null>(null)
  const [applied, setApplied] = useState<Outcome | null>(null)

  const forget = (): void => {
    setShown(null)
    setApplied(null)
  }
  const plan = async (terms: Terms): Promise<void> => {
    forget()
    const key = createKey()
    const { data } = await mutate({ variables: { input: { ...terms, idempotencyKey: key, dryRun: true } } })
    if (data) setShown({ terms, outcome: data.onCharge, key })
  }
  const apply = async ({ terms, outcome, key }: ShownPlan): Promise<void> => {
    const expectedPlanHash = outcome.planHash ?? null
    const { data } = await mutate({
      variables: { input: { ...terms, idempotencyKey: key, dryRun: false, expectedPlanHash } },
      // Every list and sum may have changed.
      update: cache => {
        cache.evict({ id: 'ROOT_QUERY' })
        cache.gc()
      },
    })
    if (data) setApplied(data.onCharge)
  }
  return { plan, apply, forget, shown, applied, isBusy: loading, error }
}

/** 32 hexadecimal digits. `crypto.randomUUID` exists on HTTPS and localhost only. */
function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
