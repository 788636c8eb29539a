/** How many operations run and wait before more are refused. */
export interface AdmissionSettings {
  /** Operations that run at once. A quarter of them is reserved: one caller cannot take it. */
  readonly permits: number
  /** Operations that may wait for a permit. */
  readonly queueLimit: number
  /** The longest wait for a permit, in ms. */
  readonly maxWaitMs: number
  /** Operations are refused while the event loop is delayed by more than this, in ms. */
  readonly maxLoopDelayMs: number
}

/** The settings of a gateway that is configured with none. */
export const DEFAULT_ADMISSION: AdmissionSettings = {
  permits: 200,
  queueLimit: 1_000,
  maxWaitMs: 5_000,
  maxLoopDelayMs: 1_000,
}
