import type { StandInHandler } from '../handler.js'
import { type ListenOptions, type StandInServer, startServer } from '../server.js'
import type { AccessToken } from './authentication.js'
import type { InvoiceRecord, ThreescaleData } from './data.js'
import { demoData } from './demo-data.js'
import type { Generation } from './generation.js'
import { defaultKnobs, type Knobs } from './knobs.js'
import { createLedger } from './ledger.js'
import { createHandler } from './routes.js'

/** Options of the stand-in for 3scale. The defaults give the demo. */
export interface ThreescaleStandInOptions extends ListenOptions {
  /** Seed of the demo data. Default: 1. The same seed and clock give the same bytes. */
  readonly seed?: number
  /** Clock of the server. The demo data end at its time. Default: the real time. */
  readonly clock?: () => Date
  /** Data set to serve in place of the demo. */
  readonly data?: ThreescaleData
  /** Default: `released`. */
  readonly generation?: Generation
  /** Default: one token with all scopes and write permission. */
  readonly tokens?: readonly AccessToken[]
  /** Whether the tenant has the billing module. Default: true. */
  readonly financeEnabled?: boolean
  /** IANA time zone of printed times. Default: `Pacific/Auckland`. `UTC` is printed by name. */
  readonly timeZone?: string
  /** ISO 4217 billing currency of the tenant and its unissued invoices. Default: that of the data. */
  readonly currency?: string
  /** Initial values of knobs that differ from the defaults. */
  readonly knobs?: Partial<Knobs>
}

/** Running stand-in for 3scale's Billing API. */
export interface ThreescaleStandIn extends StandInServer {
  /** Value of the first token; '' if there is none. */
  readonly accessToken: string
  /** Present data, with all changes since the start. */
  readonly data: ThreescaleData
  /** Switches that may be changed at any time. */
  readonly knobs: Knobs
  /**
   * Adds an invoice while the server runs.
   *
   * @throws RangeError when there is one with the same id
   */
  addInvoice(invoice: InvoiceRecord): void
  /** Carries a request out. Tests use it to lose the response. */
  readonly handle: StandInHandler
  /** Changes the VAT rate of a buyer and its unissued invoices, in percent. */
  changeVatRate(buyerId: number, vatRate: string): void
}

/** Access token of the demo. */
export const demoToken: AccessToken = {
  value: 'demo-threescale-access-token',
  scopes: ['finance', 'account_management'],
  permission: 'rw',
}

/** Starts an HTTP server on loopback that behaves as the admin portal of a 3scale tenant. */
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
  // Assigned and not copied, since tests set `intercept` on the object that the server reads.
  const accessToken = tokens[0]?.value ?? ''
  return Object.assign(await startServer(handle, options), {
    accessToken,
    data,
    knobs,
    addInvoice,
    changeVatRate,
    handle,
  })
}

// Before its issue an invoice has the tenant's currency.
function inCurrency(data: ThreescaleData, currency: string | undefined): ThreescaleData {
  if (currency === undefined) return data
  const invoices = data.invoices.map(invoice =>
    invoice.state === 'open' || invoice.state === 'finalized' ? { ...invoice, currency } : invoice,
  )
  return { ...data, provider: { ...data.provider, currency }, invoices }
}
