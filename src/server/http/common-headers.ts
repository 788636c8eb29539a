/** The `Cache-Control` of a response without a cache policy: figures may change at any time. */
export const NO_STORE = 'no-store'

/** Headers of every response. A route may replace `cache-control`. */
export const COMMON_HEADERS = {
  'cache-control': NO_STORE,
  // Browsers take a JSON response for nothing else.
  'x-content-type-options': 'nosniff',
} as const
