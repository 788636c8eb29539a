import { describe, expect, it } from 'vitest'
import { LIMIT_NAMES, LIMITS, limitsOf, STANDARD_LIMITS } from '../../src/access/limit.js'
import { ConfigError, type GatewayConfig, readGatewayConfig } from '../../src/config/gateway-config.js'
import { readFrom, type Variables } from './variables.js'

const configOf = (variables: Variables): GatewayConfig => readGatewayConfig(variables, readFrom({}))

function problemsOf(variables: Variables): readonly string[] {
  try {
    configOf(variables)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('limits', () => {
  it('are enforced with their defaults when nothing is set', () => {
    expect(configOf({}).limits).toEqual(STANDARD_LIMITS)
  })

  it.each(LIMIT_NAMES)('read %s, from 1 to its maximum', name => {
    const { max } = LIMITS[name]
    for (const value of [1, max]) expect(configOf({ [name]: String(value) }).limits.limits[name]).toBe(value)
    expect(configOf({ [name]: '7' }).limits.limits).toEqual(limitsOf({ [name]: 7 }))
    for (const wrong of ['0', String(max + 1), '-1', '1.5', 'none']) {
      expect(problemsOf({ [name]: wrong })).toEqual([expect.stringContaining(`${name} `)])
    }
  })

  it('refuse nothing in shadow mode', () => {
    expect(configOf({ LIMITS: 'shadow' }).limits.mode).toBe('shadow')
    expect(problemsOf({ LIMITS: 'off' })).toHaveLength(1)
  })

  it("include a rate limit when it is set, with a burst of one minute's cost by default", () => {
    expect(configOf({ RATE_LIMIT_COST_PER_MINUTE: '600' }).limits.rate).toEqual({ costPerMinute: 600, burst: 600 })
    const both = { RATE_LIMIT_COST_PER_MINUTE: '600', RATE_LIMIT_BURST: '50' }
    expect(configOf(both).limits.rate).toEqual({ costPerMinute: 600, burst: 50 })
    expect(problemsOf({ RATE_LIMIT_BURST: '50' })).toEqual([expect.stringContaining('RATE_LIMIT_COST_PER_MINUTE')])
  })
})
