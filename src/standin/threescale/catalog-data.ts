/** A service: what the product calls an API product. */
export interface ServiceRecord {
  readonly id: number
  readonly name: string
  readonly state: 'incomplete' | 'published' | 'hidden'
  readonly systemName: string
  /** How its applications identify themselves: by one key, or by an id and keys. */
  readonly backendVersion: '1' | '2'
  readonly description: string | null
  readonly supportEmail: string
  readonly createdAt: Date
  /** Its metrics and methods. Those of a backend are not among them. */
  readonly metrics: readonly MetricRecord[]
}

/** What a service counts. */
export interface MetricRecord {
  readonly id: number
  readonly systemName: string
  /** For people. */
  readonly friendlyName: string
  readonly description: string | null
  /** A metric has a unit; a method has the metric it is part of. */
  readonly kind: { readonly unit: string } | { readonly parentId: number }
}
