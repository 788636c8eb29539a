/** One limit. */
interface Limit {
  /** What is counted, in the plural, as errors say it: `1000 aliases`. */
  readonly counts: string
  /** The default. */
  readonly standard: number
  /** The highest value that can be configured. */
  readonly max: number
}

/**
 * Every limit, by the name of its setting. Honest clients stay below the defaults: a full introspection query is 15 levels deep, and
 * a page of 100 invoices with all their line items and details costs some 300,000.
 */
export const LIMITS = {
  LIMIT_TOKENS: { counts: 'tokens', standard: 5_000, max: 100_000 },
  LIMIT_DEPTH: { counts: 'levels', standard: 20, max: 500 },
  LIMIT_FIELDS: { counts: 'fields and fragments, counted as often as they are spread', standard: 2_000, max: 100_000 },
  LIMIT_ROOT_FIELDS: { counts: 'fields at the root of an operation', standard: 50, max: 10_000 },
  LIMIT_MUTATION_FIELDS: { counts: 'fields at the root of a mutation', standard: 1, max: 100 },
  LIMIT_ALIASES: { counts: 'aliases', standard: 100, max: 10_000 },
  LIMIT_DUPLICATE_FIELDS: { counts: 'repeated fields', standard: 200, max: 10_000 },
  LIMIT_DIRECTIVES: { counts: 'directives', standard: 100, max: 10_000 },
  LIMIT_DIRECTIVES_PER_PLACE: { counts: 'directives in one place', standard: 5, max: 100 },
  LIMIT_PAGE_SIZE: { counts: 'items on a page', standard: 100, max: 100 },
  LIMIT_COST: { counts: 'cost points', standard: 500_000, max: 999_999_999 },
  LIMIT_UPSTREAM_ESTIMATE: { counts: 'estimated upstream calls', standard: 3_000, max: 999_999_999 },
  LIMIT_UPSTREAM_CALLS: { counts: 'upstream calls', standard: 500, max: 1_000_000 },
  LIMIT_BODY_BYTES: { counts: 'bytes in the body', standard: 1_048_576, max: 16_777_216 },
  LIMIT_HEADER_BYTES: { counts: 'bytes in the headers', standard: 16_384, max: 65_536 },
  LIMIT_REQUEST_MS: { counts: 'milliseconds until the request has arrived', standard: 30_000, max: 600_000 },
} as const satisfies Readonly<Record<string, Limit>>

/** The name of a limit, which is that of its setting. */
export type LimitName = keyof typeof LIMITS

/** The value of each limit. */
export type Limits = Readonly<Record<LimitName, number>>

/** The rate limit of each caller. */
export interface RateLimit {
  readonly costPerMinute: number
  /** The cost that a caller may spend at once after a pause. */
  readonly burst: number
}

/** The limits and their mode. */
export interface LimitSettings {
  /** `shadow` refuses nothing: it counts and logs what would have been refused. */
  readonly mode: 'enforce' | 'shadow'
  readonly limits: Limits
  /** Null when rates are not limited. */
  readonly rate: RateLimit | null
}

/** The names, in the order of the documentation. */
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[]

/** The limits as given, with the defaults of the others. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  const pairs = LIMIT_NAMES.map(name => [name, given[name] ?? LIMITS[name].standard])
  return Object.fromEntries(pairs) as Record<LimitName, number>
}

/** The default limits. */
export const STANDARD_LIMITS: LimitSettings = { mode: 'enforce', limits: limitsOf(), rate: null }
