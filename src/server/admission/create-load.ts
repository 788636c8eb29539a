import type { Logger } from 'pino'
import { Admission } from './admission.js'
import { Gauge } from './gauge.js'
import type { LoadSettings } from './load-settings.js'
import type { Pulse } from './pulse.js'

/** What decides which operations are worked on, and goes by the time. */
export interface ServerLoad extends Disposable {
  readonly admission: Admission
  /** Shows how full it is. */
  readonly gauge: Gauge
}

/** Puts together what holds the load of one server down. */
export function createLoad(settings: LoadSettings, pulse: Pulse, logger: Logger): ServerLoad {
  const gauge = new Gauge()
  const admission = new Admission(settings, gauge)
  const beating = pulse(longestBlockMs => {
    const turnedAway = admission.pulse(longestBlockMs > settings.loopDelayMs)
    // One line for all of them: when most is turned away, a line for each would cost more than the refusal.
    if (turnedAway > 0)
      logger.warn({ turnedAway, longestBlockMs: Math.round(longestBlockMs) }, 'operations are turned away')
  })
  return { admission, gauge, [Symbol.dispose]: () => beating[Symbol.dispose]() }
}
