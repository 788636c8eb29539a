/** Service, called an API product in the user interface. */
export interface ServiceRecord {
  readonly id: number
  readonly name: string
  readonly state: 'incomplete' | 'published' | 'hidden'
  readonly systemName: string
  /** How its applications authenticate: '1' by one key, '2' by an id and keys. */
  readonly backendVersion: '1' | '2'
  readonly description: string | null
  readonly supportEmail: string
  readonly createdAt: Date
  /** Metrics and methods of the service, without those of a backend. */
  readonly metrics: readonly MetricRecord[]
}

/** Metric or method of a service. */
export interface MetricRecord {
  readonly id: number
  readonly systemName: string
  /** Display name. */
  readonly friendlyName: string
  readonly description: string | null
  /** A metric has a unit; a method has a parent metric. */
  readonly kind: { readonly unit: string } | { readonly parentId: number }
}
