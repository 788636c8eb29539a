import type { PythonValue } from './python-json.js'

/** What the odoo driver keeps of its invoices: for ten minutes, per range and project, never mind how detailed. */
export interface InvoiceCache {
  /** The remembered answer for `key`, or that of `make`, which is then remembered. What throws is not. */
  get(key: string, make: () => PythonValue): PythonValue
}

const LIFE_MS = 600_000

/** Remembers by `clock`. */
export function createInvoiceCache(clock: () => Date): InvoiceCache {
  const answers = new Map<string, { readonly value: PythonValue; readonly at: number }>()
  return {
    get(key, make) {
      const now = clock().getTime()
      const known = answers.get(key)
      if (known && now - known.at < LIFE_MS) return known.value
      const value = make()
      answers.set(key, { value, at: now })
      return value
    },
  }
}

/** Remembers nothing: the operator has switched the cache off. */
export const NO_CACHE: InvoiceCache = { get: (_key, make) => make() }
