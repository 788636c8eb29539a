import DataLoader from 'dataloader'
import type { Invoice } from '../domain/invoice.js'
import type { YearMonth } from '../domain/period.js'
import type { CatalystBilling } from '../upstream/catalyst/billing.js'
import { settle } from './settle.js'

/** One month of one project, with lines or without. */
export interface CatalystMonth {
  readonly projectId: string
  readonly month: YearMonth
  readonly detailed: boolean
}

/** Value: the month's bills, oldest first; `[]` for a month without any. */
export type CatalystMonths = DataLoader<CatalystMonth, readonly Invoice[], string>

/** Months of one project are asked for together, as one range, and with lines for all when any needs them. */
export function createCatalystMonths(billing: CatalystBilling): CatalystMonths {
  const loader: CatalystMonths = new DataLoader(
    async keys => {
      const byProject = [...Map.groupBy(keys, key => key.projectId)]
      const answers = await settle(byProject, async ([projectId, wanted]) => {
        const detailed = wanted.some(key => key.detailed)
        const months = await billing.invoicesByMonth({ projectId, months: wanted.map(key => key.month), detailed })
        // What came with lines answers a later question without.
        if (detailed) for (const [month, bills] of months) loader.prime({ projectId, month, detailed: false }, bills)
        return months
      })
      const byId = new Map(byProject.map(([projectId], index) => [projectId, answers[index]]))
      return keys.map(({ projectId, month }) => {
        const months = byId.get(projectId)
        return months instanceof Error ? months : (months?.get(month) ?? [])
      })
    },
    {
      name: 'catalystMonths',
      cacheKeyFn: ({ projectId, month, detailed }) => `${projectId} ${month} ${detailed}`,
    },
  )
  return loader
}
