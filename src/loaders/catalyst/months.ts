import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import type { YearMonth } from '../../domain/period.js'
import type { CatalystAccounts } from '../../upstream/catalyst/accounts.js'
import { settle } from '../settle.js'

/** One month of one project. */
export interface CatalystMonth {
  readonly projectId: string
  readonly month: YearMonth
}

/** Value: the month's bills with their lines, oldest first; `[]` for a month without any. */
export type CatalystMonths = DataLoader<CatalystMonth, readonly Invoice[], string>

/**
 * Months of one project are asked for together, as one range. Always with their lines: hidden ones leave the detailed answer
 * together with their cost, so a bill's total would otherwise depend on what else was asked for.
 */
export function createCatalystMonths(billing: CatalystAccounts): CatalystMonths {
  return new DataLoader(
    async keys => {
      const byProject = [...Map.groupBy(keys, key => key.projectId)]
      const answers = await settle(byProject, async ([projectId, wanted]) => {
        const account = await billing.of(projectId)
        return account.invoicesByMonth({ projectId, months: wanted.map(key => key.month), detailed: true })
      })
      const byId = new Map(byProject.map(([projectId], index) => [projectId, answers[index]]))
      return keys.map(({ projectId, month }) => {
        const months = byId.get(projectId)
        return months instanceof Error ? months : (months?.get(month) ?? [])
      })
    },
    { name: 'catalystMonths', cacheKeyFn: ({ projectId, month }) => `${projectId} ${month}` },
  )
}
