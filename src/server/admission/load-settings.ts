/** How much is worked on at once before newcomers are turned away. */
export interface LoadSettings {
  /** Operations under way at once. */
  readonly operations: number
  /** The same of one caller: what he holds on to never is all there is. */
  readonly operationsOfCaller: number
  /** Operations that may wait for one of these. */
  readonly waiting: number
  /** The event loop is late when nothing else could run for longer than this. */
  readonly loopDelayMs: number
}

/** What holds unless told otherwise. */
export const STANDARD_LOAD: LoadSettings = {
  operations: 200,
  operationsOfCaller: 150,
  waiting: 1_000,
  loopDelayMs: 250,
}
