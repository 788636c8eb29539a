/** Page of a list, with the printed totals. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Requested page, even if past the end. */
  readonly currentPage: bigint
  readonly perPage: number
  /** At least 1. */
  readonly totalPages: number
  readonly totalEntries: number
}

const maximumPerPage = 500
const maximumOffset = 2n ** 63n - 1n

/**
 * Page requested by `page` and `per_page`. A page size that is not from 1 to 500 is replaced by `defaultPerPage`.
 *
 * @returns `undefined` if the page's offset exceeds 64 bits
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

/** Leading integer of a text, as in Ruby: `21abc` is 21; without one, 0. */
export function leadingInteger(text: string): bigint {
  const [, sign = '', digits = '0'] = /^\s*([+-]?)(\d+(?:_\d+)*)/.exec(text) ?? []
  const magnitude = BigInt(digits.replaceAll('_', ''))
  return sign === '-' ? -magnitude : magnitude
}

/** Last value of a parameter. */
export function lastValue(query: URLSearchParams, name: string): string | undefined {
  return query.getAll(name).at(-1)
}
