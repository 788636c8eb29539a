import type { LineItem } from '../../domain/line-item.js'
import type { Notice } from '../../domain/notice.js'
import { type LocalDate, monthOf, toPeriod } from '../../domain/period.js'
import type { Quotation } from '../../domain/quotation.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { combineProvenance, type Fetched, type Provenance } from '../cache/fetched.js'
import { UpstreamFormatError } from '../http/errors.js'
import type { CatalystClient } from './client.js'
import { toLineItems } from './line-items.js'
import { CATALYST_CLOUD, toBuyer } from './mapping.js'
import { readEachRegion } from './region-reads.js'
import type { MappingSettings } from './totals.js'
import { contradiction, toQuotationTotal } from './totals.js'
import type * as wire from './wire.js'

/** The running month of a project in some regions. */
export interface QuotationQuestion {
  readonly projectId: string
  readonly regions: readonly string[]
  /** With lines. */
  readonly detailed: boolean
}

/** A quotation and the errors of the regions that are missing from it. */
export interface QuotationAnswer {
  /** Null when no region knows the project. */
  readonly quotation: Quotation | null
  readonly failures: readonly Error[]
}

interface RegionQuotation extends Provenance {
  readonly region: string
  readonly projectName: string
  readonly date: LocalDate
  readonly total: TaxedMoney
  readonly lineItems: readonly LineItem[] | null
  readonly notices: readonly Notice[]
}

/**
 * The running month over the regions asked for: one call a region, since each server knows only its own.
 *
 * @throws the first region's error when all of them fail
 */
export async function readQuotation(
  client: CatalystClient,
  { projectId, regions, detailed }: QuotationQuestion,
  settings: MappingSettings,
): Promise<QuotationAnswer> {
  const { found, missing, failures } = await readEachRegion(regions, async region =>
    toRegionQuotation(await client.listQuotations({ projectId, region, detailed }), region, projectId, settings),
  )
  return { quotation: toQuotation(found, missing, projectId, settings), failures }
}

async function toRegionQuotation(
  { value, asOf, stale }: Fetched<wire.Quotations>,
  region: string,
  projectId: string,
  settings: MappingSettings,
): Promise<RegionQuotation> {
  const [entry, ...more] = value.quotations
  if (!entry || more.length > 0) {
    throw new UpstreamFormatError('it is not one day', { upstream: 'catalyst', operation: 'GET /v2/quotations' })
  }
  const [date, document] = entry
  const documentId = `${projectId}/quotation-${date}/${region}`
  const lineItems = document.details
    ? await toLineItems(document.details, { documentId, invoiceId: null }, settings)
    : null
  const total = toQuotationTotal(document, lineItems, settings)
  return { region, projectName: value.project_name, date, total, lineItems, notices: contradiction(total), asOf, stale }
}

function toQuotation(
  parts: readonly RegionQuotation[],
  missingRegions: readonly string[],
  projectId: string,
  { currency }: MappingSettings,
): Quotation | null {
  const [first] = parts
  if (!first) return null
  const total = sumTaxedMoney(
    parts.map(part => part.total),
    currency,
  )
  const hasLines = parts.every(part => part.lineItems !== null)
  return {
    kind: 'Quotation',
    source: 'CATALYST',
    period: toPeriod(monthOf(first.date)),
    provider: CATALYST_CLOUD,
    buyer: toBuyer(projectId, first.projectName),
    total,
    regions: parts.map(part => ({ region: part.region, total: part.total })),
    missingRegions,
    lineItems: hasLines ? parts.flatMap(part => part.lineItems ?? []) : null,
    notices: [...toNotices(total, missingRegions), ...parts.flatMap(part => part.notices)],
    ...combineProvenance(first, parts),
  }
}

function toNotices(total: TaxedMoney, missingRegions: readonly string[]): readonly Notice[] {
  const notices: Notice[] = []
  if (total.taxBasis === 'COMPUTED') {
    const message = 'The upstream states no tax here: it is computed at the configured rate.'
    notices.push({ code: 'TAX_COMPUTED', message, difference: null })
  }
  if (missingRegions.length > 0) {
    const message = `The total is without ${missingRegions.join(', ')}, whose servers failed.`
    notices.push({ code: 'REGION_MISSING', message, difference: null })
  }
  return notices
}
