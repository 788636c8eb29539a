/** What a variable cost is measured by. */
export interface Metric {
  readonly kind: 'Metric'
  readonly nativeId: string
  /** For people. */
  readonly name: string
  /** For programs. */
  readonly systemName: string
  /** Null for a method, which is counted in its metric's. */
  readonly unit: string | null
  readonly description: string | null
}
