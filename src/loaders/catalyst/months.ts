import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import type { YearMonth } from '../../domain/period.js'
import type { CatalystAccounts } from '../../upstream/catalyst/accounts.js'
import { settle } from '../settle.js'

/** A month of a project. */
export interface CatalystMonth {
  readonly projectId: string
  readonly month: YearMonth
}

/** Value: the month's bills with their lines, oldest first; `[]` for a month without any. */
export type CatalystMonths = DataLoader<CatalystMonth, readonly Invoice[], string>

/**
 * Reads the months of one project together, as one range. Always with lines: the detailed response leaves out hidden lines with
 * their cost, so otherwise a bill's total would depend on the other fields of the query.
 */
export function createCatalystMonths(billing: CatalystAccounts): CatalystMonths {
  return new DataLoader(
    async keys => {
      const byProject = [...Map.groupBy(keys, key => key.projectId)]
      const results = await settle(byProject, async ([projectId, wanted]) => {
        const account = await billing.of(projectId)
        return account.invoicesByMonth({ projectId, months: wanted.map(key => key.month), detailed: true })
      })
      const byId = new Map(byProject.map(([projectId], index) => [projectId, results[index]]))
      return keys.map(({ projectId, month }) => {
        const months = byId.get(projectId)
        return months instanceof Error ? months : (months?.get(month) ?? [])
      })
    },
    { name: 'catalystMonths', cacheKeyFn: ({ projectId, month }) => `${projectId} ${month}` },
  )
}
