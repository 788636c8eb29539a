/** One page of a list and the totals that are printed with it. */
export interface Page<T> {
  readonly items: readonly T[]
  /** The page asked for, also when it is past the end. */
  readonly currentPage: bigint
  readonly perPage: number
  /** At least 1. */
  readonly totalPages: number
  readonly totalEntries: number
}

const maximumPerPage = 500
const maximumOffset = 2n ** 63n - 1n

/**
 * Cuts the page that `page` and `per_page` ask for; what is no page size of 1 to 500 counts as `defaultPerPage`.
 *
 * @returns undefined for a page so far out that its offset has no place in 64 bits
 */
export function paginate<T>(items: readonly T[], query: URLSearchParams, defaultPerPage: number): Page<T> | undefined {
  const size = leadingInteger(lastValue(query, 'per_page') ?? '')
  const perPage = size >= 1n && size <= maximumPerPage ? Number(size) : defaultPerPage
  const page = leadingInteger(lastValue(query, 'page') ?? '')
  const currentPage = page < 1n ? 1n : page
  const offset = (currentPage - 1n) * BigInt(perPage)
  if (offset > maximumOffset) return undefined
  const start = offset > items.length ? items.length : Number(offset)
  return {
    items: items.slice(start, start + perPage),
    currentPage,
    perPage,
    totalPages: Math.max(1, Math.ceil(items.length / perPage)),
    totalEntries: items.length,
  }
}

/** The integer a text starts with, as Ruby reads it: `21abc` is 21, and what starts with none is 0. */
export function leadingInteger(text: string): bigint {
  const [, sign = '', digits = '0'] = /^\s*([+-]?)(\d+(?:_\d+)*)/.exec(text) ?? []
  const magnitude = BigInt(digits.replaceAll('_', ''))
  return sign === '-' ? -magnitude : magnitude
}

/** Of a parameter that is repeated the last value counts. */
export function lastValue(query: URLSearchParams, name: string): string | undefined {
  return query.getAll(name).at(-1)
}
