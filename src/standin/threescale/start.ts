import { type ListenOptions, type StandInServer, startServer } from '../server.js'
import type { AccessToken } from './authentication.js'
import type { InvoiceRecord, ThreescaleData } from './data.js'
import { demoData } from './demo-data.js'
import type { Generation } from './generation.js'
import { defaultKnobs, type Knobs } from './knobs.js'
import { createLedger } from './ledger.js'
import { createHandler } from './routes.js'

/** How to play 3scale; every part has a default that makes a demo. */
export interface ThreescaleStandInOptions extends ListenOptions {
  /** Of the demo data; 1 by default. The same seed and clock give the same bytes. */
  readonly seed?: number
  /** The time the demo data reach up to, and of all that is written; the real time by default. */
  readonly clock?: () => Date
  /** The tenant to serve instead of the demo. */
  readonly data?: ThreescaleData
  /** `released` by default. */
  readonly generation?: Generation
  /** By default one with every scope and the right to write. */
  readonly tokens?: readonly AccessToken[]
  /** Whether the tenant may bill at all; true by default. */
  readonly financeEnabled?: boolean
  /** IANA name of the zone times are printed in; `Pacific/Auckland` by default. `UTC` is printed as such. */
  readonly timeZone?: string
  /** ISO 4217: another billing currency of the tenant; invoices that are not issued follow it. */
  readonly currency?: string
  /** Where the knobs stand at the start, when not at their defaults. */
  readonly knobs?: Partial<Knobs>
}

/** A running stand-in for 3scale's Billing API. */
export interface ThreescaleStandIn extends StandInServer {
  /** The first token's value; '' when it was started without any token. */
  readonly accessToken: string
  /** What is served, with all changes since the start. */
  readonly data: ThreescaleData
  /** May be turned at any time. */
  readonly knobs: Knobs
  /**
   * Adds an invoice while the server runs.
   *
   * @throws RangeError when there is one with the same id
   */
  addInvoice(invoice: InvoiceRecord): void
  /** Changes a buyer's VAT rate, in percent; invoices that are not issued follow. */
  changeVatRate(buyerId: number, vatRate: string): void
}

/** The token of the demo. */
export const demoToken: AccessToken = {
  value: 'demo-threescale-access-token',
  scopes: ['finance', 'account_management'],
  permission: 'rw',
}

/** Starts an HTTP server on loopback that answers as a 3scale tenant's admin portal does. */
export async function startThreescale(options: ThreescaleStandInOptions = {}): Promise<ThreescaleStandIn> {
  const { seed = 1, clock = () => new Date(), tokens = [demoToken] } = options
  const ledger = createLedger(inCurrency(options.data ?? demoData({ seed, now: clock() }), options.currency))
  const { data, addInvoice, changeVatRate } = ledger
  const knobs: Knobs = { ...defaultKnobs, isFinanceEnabled: options.financeEnabled ?? true, ...options.knobs }
  const handle = createHandler({
    data,
    ledger,
    generation: options.generation ?? 'released',
    timeZone: options.timeZone ?? 'Pacific/Auckland',
    credentials: { tokens, providerKey: data.provider.providerKey },
    knobs,
    clock,
  })
  // Assigned, not copied: tests set `intercept` on the very object the server looks at.
  const accessToken = tokens[0]?.value ?? ''
  return Object.assign(await startServer(handle, options), { accessToken, data, knobs, addInvoice, changeVatRate })
}

// Until its issue an invoice has the tenant's currency.
function inCurrency(data: ThreescaleData, currency: string | undefined): ThreescaleData {
  if (currency === undefined) return data
  const invoices = data.invoices.map(invoice =>
    invoice.state === 'open' || invoice.state === 'finalized' ? { ...invoice, currency } : invoice,
  )
  return { ...data, provider: { ...data.provider, currency }, invoices }
}
