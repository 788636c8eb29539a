/** One limit: what it holds down, how far unless told otherwise, and what it may be set to. */
interface Limit {
  /** In the plural, as an error says it: `1000 aliases`. */
  readonly counts: string
  readonly standard: number
  readonly max: number
}

/**
 * Every limit, by the name of its setting. No honest client meets the standard ones: an introspection is fifteen levels deep, a
 * page of a hundred invoices with all their lines and these with all their details costs some 300,000.
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

/** The name of a limit's setting. */
export type LimitName = keyof typeof LIMITS

/** How high each limit is. */
export type Limits = Readonly<Record<LimitName, number>>

/** How much a caller may ask for in time. */
export interface RateLimit {
  readonly costPerMinute: number
  /** What a caller who has been quiet may spend at once. */
  readonly burst: number
}

/** What limits hold, and whether they do. */
export interface LimitSettings {
  /** `shadow` counts and logs what would have been refused, and refuses nothing. */
  readonly mode: 'enforce' | 'shadow'
  readonly limits: Limits
  /** Null where nobody's rate is limited. */
  readonly rate: RateLimit | null
}

/** The names, in the order in which they are told. */
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[]

/** The limits, each as given or else as standard. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  const pairs = LIMIT_NAMES.map(name => [name, given[name] ?? LIMITS[name].standard])
  return Object.fromEntries(pairs) as Record<LimitName, number>
}

/** What holds unless told otherwise. */
export const STANDARD_LIMITS: LimitSettings = { mode: 'enforce', limits: limitsOf(), rate: null }
