import DataLoader from 'dataloader'
import type { CatalystAccounts } from '../../upstream/catalyst/accounts.js'
import type { QuotationAnswer, QuotationQuestion } from '../../upstream/catalyst/quotations.js'
import type { Loaders } from '../loaders.js'
import { settle } from '../settle.js'

/** Key: project, regions, with lines or not. */
export type Quotations = DataLoader<QuotationQuestion, QuotationAnswer, string>

/** Whose running month. */
export interface ProjectQuotation {
  /** Null takes the default project. */
  readonly projectId: string | null
  /** Null takes all regions. */
  readonly regions: readonly string[] | null
}

/** The running month of a project; nothing when Catalyst is not configured. */
export async function loadQuotation({ catalyst }: Loaders, question: ProjectQuotation): Promise<QuotationAnswer> {
  if (!catalyst) return NOTHING
  const [projectId, regions] = await Promise.all([
    question.projectId ?? catalyst.defaultProjectId(),
    question.regions ?? catalyst.regions(question.projectId),
  ])
  // Always with lines: where the server states no tax it is computed line by line, and a total must not depend on what else
  // was asked for. The call costs the server the same.
  return catalyst.quotations.load({ projectId, regions, detailed: true })
}

/** One question a region; questions that differ in their lines only are asked once, with lines. */
export function createQuotations(billing: CatalystAccounts): Quotations {
  return new DataLoader(
    async questions => {
      const groups = Map.groupBy(questions, scopeOf)
      const answers = new Map(
        [...groups].map(([scope, same]) => {
          const [first] = same
          const detailed = same.some(question => question.detailed)
          return [
            scope,
            first && billing.of(first.projectId).then(account => account.quotation({ ...first, detailed })),
          ] as const
        }),
      )
      return settle(questions, async question => (await answers.get(scopeOf(question))) ?? NOTHING)
    },
    { name: 'quotations', cacheKeyFn: question => `${scopeOf(question)} ${question.detailed}` },
  )
}

const NOTHING: QuotationAnswer = { quotation: null, failures: [] }

function scopeOf({ projectId, regions }: QuotationQuestion): string {
  return [projectId, ...regions].join(' ')
}
