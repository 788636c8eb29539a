import { type AdmissionSettings, DEFAULT_ADMISSION } from '../server/admission/admission-settings.js'
import type { Environment } from './environment.js'

const MAX = 100_000

/** Reads how many operations run and wait, and for how long. Problems are noted in the environment. */
export function readAdmissionSettings(environment: Environment): AdmissionSettings {
  const { permits, queueLimit, maxWaitMs, maxLoopDelayMs } = DEFAULT_ADMISSION
  return {
    permits: environment.integer('ADMISSION_PERMITS', 1, MAX) ?? permits,
    queueLimit: environment.integer('ADMISSION_QUEUE_LIMIT', 0, MAX) ?? queueLimit,
    maxWaitMs: environment.integer('ADMISSION_MAX_WAIT_MS', 1, MAX) ?? maxWaitMs,
    maxLoopDelayMs: environment.integer('ADMISSION_MAX_LOOP_DELAY_MS', 10, MAX) ?? maxLoopDelayMs,
  }
}
