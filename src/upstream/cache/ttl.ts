/** Kinds of answers, by how soon they change. */
export const RESPONSE_KINDS = [
  'threescale-invoices',
  'threescale-catalog',
  'catalyst-bills',
  'catalyst-quotations',
  'catalyst-usage',
  'catalyst-products',
] as const

/**
 * - `threescale-invoices`: invoices, their lists and payments
 * - `threescale-catalog`: accounts, applications, services, plans
 * - `catalyst-bills`: bills; those that are closed and paid are kept for hours besides
 * - `catalyst-quotations`: the running month
 * - `catalyst-usage`: measurements, credits
 * - `catalyst-products`: price lists
 */
export type ResponseKind = (typeof RESPONSE_KINDS)[number]

/** For how long an answer serves, from when it came. Each time lies within the next. */
export interface CacheTtl {
  /** Without asking again. */
  readonly freshMs: number
  /** At once, while it is asked again behind the caller's back. */
  readonly whileAskingMs: number
  /** When the upstream cannot answer; marked stale. */
  readonly onErrorMs: number
}

/** The life of each kind. */
export type CacheTtls = Readonly<Record<ResponseKind, CacheTtl>>

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The lives where nothing else is set. */
export const DEFAULT_TTLS: CacheTtls = {
  'threescale-invoices': { freshMs: 5 * SECOND, whileAskingMs: 30 * SECOND, onErrorMs: HOUR },
  'threescale-catalog': { freshMs: MINUTE, whileAskingMs: 5 * MINUTE, onErrorMs: 24 * HOUR },
  'catalyst-bills': { freshMs: MINUTE, whileAskingMs: 5 * MINUTE, onErrorMs: 24 * HOUR },
  'catalyst-quotations': { freshMs: 2 * MINUTE, whileAskingMs: 10 * MINUTE, onErrorMs: 6 * HOUR },
  'catalyst-usage': { freshMs: 5 * MINUTE, whileAskingMs: 15 * MINUTE, onErrorMs: 6 * HOUR },
  'catalyst-products': { freshMs: 10 * MINUTE, whileAskingMs: HOUR, onErrorMs: 24 * HOUR },
}
