import { LIMIT_NAMES, type LimitSettings, type Limits, type RateLimit } from '../access/limit.js'
import type { Environment } from './environment.js'

/** Reads all limits, the rate limit, and whether they are enforced. */
export function readLimitSettings(environment: Environment): LimitSettings {
  const limits = LIMIT_NAMES.map(name => [name, environment.integer(name)])
  return {
    mode: environment.choice('LIMITS', ['enforce', 'shadow'] as const) ?? 'enforce',
    limits: Object.fromEntries(limits) as Limits,
    rate: readRate(environment),
  }
}

function readRate(environment: Environment): RateLimit | null {
  const costPerMinute = environment.optionalInteger('RATE_LIMIT_COST_PER_MINUTE')
  const burst = environment.optionalInteger('RATE_LIMIT_BURST')
  if (costPerMinute === undefined) {
    if (burst !== undefined)
      environment.complain('RATE_LIMIT_BURST', 'is set without RATE_LIMIT_COST_PER_MINUTE: set both or neither')
    return null
  }
  return { costPerMinute, burst: burst ?? costPerMinute }
}
