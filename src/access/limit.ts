/** A limit: what it counts, its default, and the highest value that it can be set to. */
interface Limit {
  /** The counted thing in the plural, for errors: `1000 aliases`. */
  readonly counts: string
  readonly standard: number
  readonly max: number
}

/**
 * All limits, by the names of their settings. Ordinary clients stay below the defaults: introspection is fifteen levels deep,
 * and a page of a hundred invoices with every detail of every line costs some 300,000.
 */
export const LIMITS = {
  LIMIT_TOKENS: { counts: 'tokens', standard: 5_000, max: 100_000 },
  LIMIT_DEPTH: { counts: 'levels', standard: 20, max: 500 },
  LIMIT_FIELDS: { counts: 'fields and fragments, each as often as it is spread', standard: 2_000, max: 100_000 },
  LIMIT_ROOT_FIELDS: { counts: 'fields at the root of an operation', standard: 50, max: 10_000 },
  LIMIT_MUTATION_FIELDS: { counts: 'fields at the root of a mutation', standard: 1, max: 100 },
  LIMIT_ALIASES: { counts: 'aliases', standard: 100, max: 10_000 },
  LIMIT_DUPLICATE_FIELDS: { counts: 'fields that repeat another', standard: 200, max: 10_000 },
  LIMIT_DIRECTIVES: { counts: 'directives', standard: 100, max: 10_000 },
  LIMIT_DIRECTIVES_PER_PLACE: { counts: 'directives in one place', standard: 5, max: 100 },
  LIMIT_PAGE_SIZE: { counts: 'items on a page', standard: 100, max: 100 },
  LIMIT_COST: { counts: 'points of cost', standard: 500_000, max: 999_999_999 },
  LIMIT_UPSTREAM_ESTIMATE: { counts: 'calls to upstreams by estimate', standard: 2_000, max: 999_999_999 },
  LIMIT_UPSTREAM_CALLS: { counts: 'calls to upstreams', standard: 500, max: 1_000_000 },
  LIMIT_BODY_BYTES: { counts: 'bytes of body', standard: 1_048_576, max: 16_777_216 },
  LIMIT_HEADER_BYTES: { counts: 'bytes of headers', standard: 16_384, max: 65_536 },
  LIMIT_REQUEST_MS: { counts: 'milliseconds for a request to arrive', standard: 30_000, max: 600_000 },
} as const satisfies Readonly<Record<string, Limit>>

/** The name of a limit, which is that of its setting. */
export type LimitName = keyof typeof LIMITS

/** The value of each limit. */
export type Limits = Readonly<Record<LimitName, number>>

/** Rate limit of one caller, in cost. */
export interface RateLimit {
  readonly costPerMinute: number
  /** The most that a caller may spend at once after a pause. */
  readonly burst: number
}

/** The limits and how they are applied. */
export interface LimitSettings {
  /** `enforce` refuses what is over a limit; `shadow` only counts and logs it. */
  readonly mode: 'enforce' | 'shadow'
  readonly limits: Limits
  /** Null without a rate limit. */
  readonly rate: RateLimit | null
}

/** The names of all limits, in the order in which they are documented. */
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[]

/** All limits: the given values, and defaults for the others. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  const pairs = LIMIT_NAMES.map(name => [name, given[name] ?? LIMITS[name].standard])
  return Object.fromEntries(pairs) as Record<LimitName, number>
}

/** The default limits. */
export const STANDARD_LIMITS: LimitSettings = { mode: 'enforce', limits: limitsOf(), rate: null }
