import { type LoadSettings, STANDARD_LOAD } from '../server/admission/load-settings.js'
import type { Environment } from './environment.js'

const MOST = 100_000
/** What one caller may hold of all, where that is not said. */
const SHARE_OF_CALLER = STANDARD_LOAD.operationsOfCaller / STANDARD_LOAD.operations

/** How much is worked on at once; what is wrong with it is noted. */
export function readLoadSettings(environment: Environment): LoadSettings {
  const operations = environment.integer('LOAD_OPERATIONS', 1, MOST) ?? STANDARD_LOAD.operations
  const ofCaller = environment.integer('LOAD_OPERATIONS_OF_CALLER', 1, MOST)
  if (ofCaller !== undefined && ofCaller > operations) {
    environment.complain('LOAD_OPERATIONS_OF_CALLER', `is more than there are for all: ${operations} (LOAD_OPERATIONS)`)
  }
  return {
    operations,
    operationsOfCaller: ofCaller ?? Math.ceil(operations * SHARE_OF_CALLER),
    waiting: environment.integer('LOAD_WAITING', 0, MOST) ?? STANDARD_LOAD.waiting,
    loopDelayMs: environment.integer('LOAD_LOOP_DELAY_MS', 10, MOST) ?? STANDARD_LOAD.loopDelayMs,
  }
}
