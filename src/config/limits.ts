import { LIMIT_NAMES, LIMITS, type LimitSettings, type Limits, limitsOf, type RateLimit } from '../access/limit.js'
import type { Environment } from './environment.js'

const MAX_RATE = 999_999_999

/** Reads all limits, the rate limit, and whether they are enforced. */
export function readLimitSettings(environment: Environment): LimitSettings {
  const given = LIMIT_NAMES.flatMap(name => {
    const value = environment.integer(name, 1, LIMITS[name].max)
    return value === undefined ? [] : [[name, value]]
  })
  return {
    mode: environment.choice('LIMITS', ['enforce', 'shadow'] as const) ?? 'enforce',
    limits: limitsOf(Object.fromEntries(given) as Partial<Limits>),
    rate: readRate(environment),
  }
}

function readRate(environment: Environment): RateLimit | null {
  const costPerMinute = environment.integer('RATE_LIMIT_COST_PER_MINUTE', 1, MAX_RATE)
  const burst = environment.integer('RATE_LIMIT_BURST', 1, MAX_RATE)
  if (costPerMinute === undefined) {
    if (burst !== undefined)
      environment.complain('RATE_LIMIT_BURST', 'is set without RATE_LIMIT_COST_PER_MINUTE: set both or neither')
    return null
  }
  return { costPerMinute, burst: burst ?? costPerMinute }
}
