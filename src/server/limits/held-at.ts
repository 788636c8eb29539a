import { LIMITS, type LimitName, type Limits } from '../../access/limit.js'
import type { LimitWatch } from './limit-policy.js'

/** Where a limit that must have an end is held: where limits only watch, at the most that it could be set to, which a process can bear. */
export function heldAt(limit: LimitName, limits: Limits, { isEnforcing }: Pick<LimitWatch, 'isEnforcing'>): number {
  return isEnforcing ? limits[limit] : LIMITS[limit].max
}
