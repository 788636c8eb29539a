import type { AdmissionSettings } from '../server/admission/admission-settings.js'
import type { Environment } from './environment.js'

/** Reads how many operations run and wait, and for how long. Problems are noted in the environment. */
export function readAdmissionSettings(environment: Environment): AdmissionSettings {
  return {
    permits: environment.integer('ADMISSION_PERMITS'),
    queueLimit: environment.integer('ADMISSION_QUEUE_LIMIT'),
    maxWaitMs: environment.integer('ADMISSION_MAX_WAIT_MS'),
    maxLoopDelayMs: environment.integer('ADMISSION_MAX_LOOP_DELAY_MS'),
  }
}
