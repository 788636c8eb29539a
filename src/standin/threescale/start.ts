import { type ListenOptions, type StandInServer, startServer } from '../server.js'
import type { AccessToken } from './authentication.js'
import type { InvoiceRecord, ThreescaleData } from './data.js'
import { demoData } from './demo-data.js'
import type { Generation } from './generation.js'
import { createHandler } from './routes.js'

/** How to play 3scale; every part has a default that makes a demo. */
export interface ThreescaleStandInOptions extends ListenOptions {
  /** Of the demo data; 1 by default. The same seed and clock give the same bytes. */
  readonly seed?: number
  /** The time the demo data reach up to; the real time by default. */
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
}

/** A running stand-in for 3scale's Billing API. */
export interface ThreescaleStandIn extends StandInServer {
  /** The first token's value; '' when it was started without any token. */
  readonly accessToken: string
  /** What is served, with the invoices added since the start. */
  readonly data: ThreescaleData
  /**
   * Adds an invoice while the server runs.
   *
   * @throws RangeError when there is one with the same id
   */
  addInvoice(invoice: InvoiceRecord): void
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
  const given = options.data ?? demoData({ seed, now: clock() })
  const invoices = [...given.invoices]
  const data: ThreescaleData = { ...given, invoices }
  const handle = createHandler({
    data,
    generation: options.generation ?? 'released',
    timeZone: options.timeZone ?? 'Pacific/Auckland',
    credentials: { tokens, providerKey: data.provider.providerKey },
    isFinanceEnabled: options.financeEnabled ?? true,
  })
  const addInvoice = (invoice: InvoiceRecord): void => {
    if (invoices.some(({ id }) => id === invoice.id)) throw new RangeError(`invoice ${invoice.id} is there already`)
    invoices.push(invoice)
  }
  // Assigned, not copied: tests set `intercept` on the very object the server looks at.
  return Object.assign(await startServer(handle, options), { accessToken: tokens[0]?.value ?? '', data, addInvoice })
}
