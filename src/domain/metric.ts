/** A 3scale metric or method, by which usage is measured. */
export interface Metric {
  readonly kind: 'Metric'
  readonly nativeId: string
  /** Display name: `Hits`. */
  readonly name: string
  /** Name for programs: `hits`. */
  readonly systemName: string
  /** Null for a method, which counts in its metric's unit. */
  readonly unit: string | null
  readonly description: string | null
}
