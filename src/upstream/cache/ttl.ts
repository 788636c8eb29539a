/** Kinds of responses, by how soon they change. Each has a TTL of its own. */
export const RESPONSE_KINDS = [
  'threescale-invoices',
  'threescale-catalog',
  'catalyst-bills',
  'catalyst-closed-bills',
  'catalyst-quotations',
  'catalyst-usage',
  'catalyst-products',
] as const

/** The kinds that are forgotten after a write. */
export const FORGETTABLE_KINDS: readonly ResponseKind[] = ['threescale-invoices']

/**
 * - `threescale-invoices`: invoices, their lists and payments
 * - `threescale-catalog`: accounts, applications, services, plans
 * - `catalyst-bills`: invoices of one month
 * - `catalyst-closed-bills`: invoices of one month that is over, all of them paid
 * - `catalyst-quotations`: the running month
 * - `catalyst-usage`: measurements, credits
 * - `catalyst-products`: price lists
 */
export type ResponseKind = (typeof RESPONSE_KINDS)[number]

/** How long a cached value is used, in milliseconds since it was fetched. Each time lies within the next. */
export interface CacheTtl {
  /** Used without asking the upstream. */
  readonly freshMs: number
  /** Used at once, and refreshed in the background. */
  readonly staleWhileRevalidateMs: number
  /** Used, marked stale, when the upstream fails. */
  readonly staleIfErrorMs: number
}

/** The TTL of each kind. */
export type CacheTtls = Readonly<Record<ResponseKind, CacheTtl>>

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The TTLs unless configured otherwise. */
export const DEFAULT_TTLS: CacheTtls = {
  'threescale-invoices': { freshMs: 5 * SECOND, staleWhileRevalidateMs: 30 * SECOND, staleIfErrorMs: HOUR },
  'threescale-catalog': { freshMs: MINUTE, staleWhileRevalidateMs: 5 * MINUTE, staleIfErrorMs: 24 * HOUR },
  'catalyst-bills': { freshMs: MINUTE, staleWhileRevalidateMs: 5 * MINUTE, staleIfErrorMs: 24 * HOUR },
  // A credit note can still arrive, so not for ever.
  'catalyst-closed-bills': { freshMs: 6 * HOUR, staleWhileRevalidateMs: 6 * HOUR, staleIfErrorMs: 24 * HOUR },
  'catalyst-quotations': { freshMs: 2 * MINUTE, staleWhileRevalidateMs: 10 * MINUTE, staleIfErrorMs: 6 * HOUR },
  'catalyst-usage': { freshMs: 5 * MINUTE, staleWhileRevalidateMs: 15 * MINUTE, staleIfErrorMs: 6 * HOUR },
  'catalyst-products': { freshMs: 10 * MINUTE, staleWhileRevalidateMs: HOUR, staleIfErrorMs: 24 * HOUR },
}
