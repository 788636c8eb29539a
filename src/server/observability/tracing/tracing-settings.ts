/** Which requests are recorded as traces, by the names that OpenTelemetry gives samplers. */
export interface TracingSettings {
  /** True follows the caller's decision, where its `traceparent` has one. */
  readonly isParentBased: boolean
  /** The share of the other requests that are recorded, from 0 to 1. */
  readonly ratio: number
  /** How long spans wait to be sent together, in ms. */
  readonly delayMs: number
}
