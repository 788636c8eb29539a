import type { LocalDate } from '../../domain/period.js'
import { combineProvenance, type Fetched } from '../cache/fetched.js'
import { UpstreamFormatError, UpstreamNotFoundError, UpstreamStatusError } from '../http/errors.js'
import type { CatalystClient } from './client.js'
import { type CatalystDriver, driverOfInvoices, driverOfProducts } from './driver.js'
import { mergeRegions } from './merge-regions.js'
import type { PriceLists } from './price-lists.js'
import type * as wire from './wire.js'

/** Whose bills, from when up to (not including) when, with lines or not. Both days must be firsts of months. */
export interface InvoicesQuestion {
  readonly projectId: string
  readonly start: LocalDate
  readonly end: LocalDate
  readonly detailed: boolean
  /** True to get past what the server's cache holds for the range. */
  readonly again?: boolean
}

/** How far back a list of bills goes when nobody says: computing months from usage costs a server seconds. */
const HISTORY_MONTHS: Readonly<Record<CatalystDriver, number>> = { odoo: 120, jsonfile: 24 }

/**
 * Reads bills over all regions, whichever kind of server there is: an ERP's server knows all regions, so one is asked; the
 * others know only their own, so each is asked and the answers are added up.
 */
export class InvoiceReader {
  private driver: CatalystDriver | undefined

  /** @param driver the kind of server where it is configured; otherwise it is recognised once, from its answers */
  constructor(
    private readonly client: CatalystClient,
    private readonly priceLists: PriceLists,
    driver: CatalystDriver | null,
  ) {
    this.driver = driver ?? undefined
  }

  /** @throws the errors of the client; one region's failure fails all, since a sum without it would be wrong */
  async read(question: InvoicesQuestion): Promise<Fetched<wire.Invoices> & { readonly regions: readonly string[] }> {
    const regions = await this.client.regions()
    return { ...(await this.readRegions(regions, question)), regions }
  }

  private async readRegions(
    [first, ...others]: readonly [string, ...string[]],
    question: InvoicesQuestion,
  ): Promise<Fetched<wire.Invoices>> {
    if (others.length === 0) return this.readRegion(first, question)
    // A summary does not show what made it. The price list does; where that fails, the lines do.
    if (!question.detailed) this.driver ??= await this.askPriceList(first)
    if (this.driver === 'jsonfile') return this.readAll([first, ...others], question, null)

    const told = { ...question, detailed: question.detailed || this.driver === undefined }
    const { answered, region, unasked } = await this.readFirstCollected([first, ...others], told)
    // Without any document it is the ERP: the others invent an empty one for every month.
    if (this.driver === 'odoo' || answered.answer.invoices.length === 0) return answered
    this.driver = driverOfInvoices(answered.answer) ?? (await this.askPriceList(region))
    return this.driver === 'jsonfile' ? this.readAll(unasked, question, answered) : answered
  }

  /** The answer of the first region that knows the project: a server may not have collected it, whatever its kind. */
  private async readFirstCollected(regions: readonly string[], question: InvoicesQuestion) {
    for (const [index, region] of regions.entries()) {
      const answered = await this.readCollected(region, question)
      if (answered) return { answered, region, unasked: regions.slice(index + 1) }
    }
    throw notCollected()
  }

  /**
   * How many months nobody asked for may lie between two in one range. An ERP skips them for nothing; a server that computes
   * bills would compute them.
   */
  maxGapMonths(): number {
    return this.driver === 'jsonfile' ? 6 : Number.POSITIVE_INFINITY
  }

  /** True of a server that computes its bills: their lines are at hand. An ERP's puts them together bill by bill. */
  hasLinesForFree(): boolean {
    return this.driver === 'jsonfile'
  }

  /** How far back a list of bills goes when nobody says, in months. */
  async historyMonths(): Promise<number> {
    const [first] = await this.client.regions()
    this.driver ??= await this.askPriceList(first)
    return HISTORY_MONTHS[this.driver ?? 'jsonfile']
  }

  /** All regions added up, behind the answer of another that is there already. */
  private async readAll(
    regions: readonly string[],
    question: InvoicesQuestion,
    ofFirst: Fetched<wire.Invoices> | null,
  ): Promise<Fetched<wire.Invoices>> {
    const asked = await Promise.all(regions.map(region => this.readCollected(region, question)))
    const [one, ...rest] = [ofFirst, ...asked].filter(answered => answered !== null)
    if (!one) throw notCollected()
    return { answer: mergeRegions([one.answer, ...rest.map(({ answer }) => answer)]), ...combineProvenance(one, rest) }
  }

  /** Null where the project has never used the region: its server then does not know the project. */
  private readCollected(region: string, question: InvoicesQuestion): Promise<Fetched<wire.Invoices> | null> {
    return this.readRegion(region, question).catch((error: unknown) => {
      if (error instanceof UpstreamNotFoundError) return null
      throw error
    })
  }

  private readRegion(region: string, { projectId, ...range }: InvoicesQuestion): Promise<Fetched<wire.Invoices>> {
    return this.client.listInvoices({ projectId, region, ...range })
  }

  /** Undefined where the list prices nothing, or is itself out of order: then it tells nothing about the bills. */
  private async askPriceList(region: string): Promise<CatalystDriver | undefined> {
    try {
      return driverOfProducts(await this.priceLists.of(region))
    } catch (error) {
      const isOutOfOrder = [UpstreamStatusError, UpstreamNotFoundError, UpstreamFormatError].some(
        kind => error instanceof kind,
      )
      if (isOutOfOrder) return undefined
      throw error
    }
  }
}

function notCollected(): UpstreamNotFoundError {
  return new UpstreamNotFoundError({ upstream: 'catalyst', operation: 'GET /v2/invoices' })
}
