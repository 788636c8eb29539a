import type { LineItem } from '../../domain/line-item.js'
import type { Notice } from '../../domain/notice.js'
import { type LocalDate, monthOf, toPeriod } from '../../domain/period.js'
import type { Quotation } from '../../domain/quotation.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { combineProvenance, type Fetched } from '../cache/fetched.js'
import { UpstreamFormatError, UpstreamNotFoundError, type UpstreamRequest } from '../http/errors.js'
import type { CatalystClient } from './client.js'
import { CATALYST_CLOUD, type MappingSettings, toBuyer, toLineItems, toQuotationTotal } from './mapping.js'
import type * as wire from './wire.js'

/** Whose running month, in which regions, with lines or not. */
export interface QuotationQuestion {
  readonly projectId: string
  readonly regions: readonly string[]
  readonly detailed: boolean
}

/** A quotation and what kept regions out of it. */
export interface QuotationAnswer {
  /** Null when no region knows the project. */
  readonly quotation: Quotation | null
  /** Of the regions that could not answer. */
  readonly failures: readonly Error[]
}

const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/quotations' }

interface QuotedRegion {
  readonly region: string
  readonly projectName: string
  readonly date: LocalDate
  readonly total: TaxedMoney
  readonly lineItems: readonly LineItem[] | null
  readonly asOf: string
  readonly stale: boolean
}

/**
 * The running month over all the regions asked: one call a region, since each server knows only its own.
 *
 * @throws the first region's error when none of them could answer
 */
export async function readQuotation(
  client: CatalystClient,
  question: QuotationQuestion,
  terms: MappingSettings,
): Promise<QuotationAnswer> {
  const answers = await Promise.allSettled(question.regions.map(region => readRegion(client, region, question, terms)))
  const failures = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason as Error] : []))
  const [failure] = failures
  if (failure && failures.length === answers.length) throw failure
  const quoted = answers.flatMap(answer => (answer.status === 'fulfilled' ? (answer.value ?? []) : []))
  const missing = question.regions.filter((_, index) => answers[index]?.status === 'rejected')
  return { quotation: toQuotation(quoted, missing, question.projectId, terms), failures }
}

async function readRegion(
  client: CatalystClient,
  region: string,
  { projectId, detailed }: QuotationQuestion,
  terms: MappingSettings,
): Promise<QuotedRegion | null> {
  const answered = await client.listQuotations({ projectId, region, detailed }).catch((error: unknown) => {
    // A region where the project was never collected: nothing there.
    if (error instanceof UpstreamNotFoundError) return null
    throw error
  })
  return answered && toQuotedRegion(answered, region, projectId, terms)
}

function toQuotedRegion(
  { answer, asOf, stale }: Fetched<wire.Quotations>,
  region: string,
  projectId: string,
  terms: MappingSettings,
): QuotedRegion {
  if (answer.project_id !== projectId) throw new UpstreamFormatError('it is about another project', ASKED)
  const [entry, ...more] = answer.quotations
  if (!entry || more.length > 0) throw new UpstreamFormatError('it is not one day', ASKED)
  const [date, document] = entry
  const documentId = `${projectId}/quotation-${date}/${region}`
  const lineItems = document.details ? toLineItems(document.details, { documentId, invoiceId: null }, terms) : null
  return {
    region,
    projectName: answer.project_name,
    date,
    total: toQuotationTotal(document, lineItems, terms),
    lineItems,
    asOf,
    stale,
  }
}

function toQuotation(
  quoted: readonly QuotedRegion[],
  missingRegions: readonly string[],
  projectId: string,
  terms: MappingSettings,
): Quotation | null {
  const [first] = quoted
  if (!first) return null
  const total = sumTaxedMoney(
    quoted.map(part => part.total),
    terms.currency,
  )
  const withLines = quoted.every(part => part.lineItems !== null)
  return {
    kind: 'Quotation',
    source: 'CATALYST',
    period: toPeriod(monthOf(first.date)),
    provider: CATALYST_CLOUD,
    buyer: toBuyer(projectId, first.projectName),
    total,
    regions: quoted.map(part => ({ region: part.region, total: part.total })),
    missingRegions,
    lineItems: withLines ? quoted.flatMap(part => part.lineItems ?? []) : null,
    notices: toNotices(total, missingRegions),
    ...combineProvenance(first, quoted),
  }
}

function toNotices(total: TaxedMoney, missingRegions: readonly string[]): readonly Notice[] {
  const notices: Notice[] = []
  if (total.taxBasis === 'COMPUTED') {
    const message = 'The upstream states no tax here: it is computed at the configured rate.'
    notices.push({ code: 'TAX_COMPUTED', message, difference: null })
  }
  if (missingRegions.length > 0) {
    const message = `The total is without ${missingRegions.join(', ')}, which could not answer.`
    notices.push({ code: 'REGION_MISSING', message, difference: null })
  }
  return notices
}
