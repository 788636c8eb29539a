import type { PythonValue } from './python-json.js'

/** Invoice cache of the odoo driver: ten minutes per range and project. It mixes up detailed and summary responses. */
export interface InvoiceCache {
  /** Cached value of `key`, or the result of `make`, which is then cached. Errors are not cached. */
  get(key: string, make: () => PythonValue): PythonValue
}

const TTL_MS = 600_000

/** Invoice cache with the time of `clock`. */
export function createInvoiceCache(clock: () => Date): InvoiceCache {
  const entries = new Map<string, { readonly value: PythonValue; readonly at: number }>()
  return {
    get(key, make) {
      const now = clock().getTime()
      const cached = entries.get(key)
      if (cached && now - cached.at < TTL_MS) return cached.value
      const value = make()
      entries.set(key, { value, at: now })
      return value
    },
  }
}

/** Invoice cache that stores nothing: the operator has switched it off. */
export const NO_CACHE: InvoiceCache = { get: (_key, make) => make() }
