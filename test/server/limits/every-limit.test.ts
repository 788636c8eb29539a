import { describe, expect, it } from 'vitest'
import { LIMIT_NAMES, type LimitSettings, limitsOf } from '../../../src/access/limit.js'
import { readDocumentedLimits } from './documented-limits.js'
import { EXCEEDING } from './exceeding.js'
import { type LimitedGateway, startLimitedGateway } from './limited-gateway.js'

const documented = new Map(readDocumentedLimits().map(row => [row.setting, row]))

const settingsOf = (mode: LimitSettings['mode'], limit: string, allowed: number): LimitSettings => ({
  mode,
  limits: limitsOf({ [limit]: allowed }),
  rate: null,
})

/** The limits that the log names, with its messages. */
function exceededLimits({ log }: LimitedGateway): readonly (readonly [string, string])[] {
  const lines = log.map(line => JSON.parse(line) as { msg: string; limit?: string })
  return lines.flatMap(({ limit, msg }) => (limit === undefined ? [] : [[limit, msg] as const]))
}

describe('every limit', () => {
  it('has a request that exceeds it', () => {
    expect(EXCEEDING.map(({ limit }) => limit)).toEqual(LIMIT_NAMES)
  })

  it.each(EXCEEDING)(
    '$limit refuses with the documented status and code, in one short error that states the bound, and counts the refusal',
    async ({ limit, allowed, send }) => {
      await using gateway = await startLimitedGateway({ limits: settingsOf('enforce', limit, allowed) })
      const { status, errors, bytes, text } = await send(gateway)
      const [error] = errors
      expect({ status, code: error?.extensions?.code }).toEqual({
        status: documented.get(limit)?.status,
        code: documented.get(limit)?.code,
      })
      expect(errors).toHaveLength(1)
      expect(bytes).toBeLessThanOrEqual(4_096)
      expect(error?.message).toContain(String(allowed))
      // Settings are for the operator: the log names them, the message does not.
      expect(error?.message).not.toMatch(/LIMIT_/)
      expect(exceededLimits(gateway)).toEqual([[limit, 'limit exceeded']])
      expect(text).not.toMatch(/ at .*\.(js|ts):/)
      expect(gateway.limitCounts()).toEqual([{ limit, refused: 1, wouldHaveRefused: 0 }])
      const calls = gateway.upstreamCalls().filter(path => !path.includes('/auth/'))
      expect(calls).toHaveLength(limit === 'LIMIT_UPSTREAM_CALLS' ? allowed : 0)
    },
  )

  // The graph has no mutations yet, so validation refuses each.
  it.each(EXCEEDING.filter(({ limit }) => limit !== 'LIMIT_MUTATION_FIELDS'))(
    '$limit refuses nothing in shadow mode, and counts and logs what it would have refused',
    async ({ limit, allowed, send }) => {
      await using gateway = await startLimitedGateway({ limits: settingsOf('shadow', limit, allowed) })
      const { status, errors, data } = await send(gateway)
      expect([status, errors]).toEqual([200, []])
      expect(data).toBeTruthy()
      expect(gateway.limitCounts()).toContainEqual({ limit, refused: 0, wouldHaveRefused: 1 })
      expect(gateway.limitCounts().filter(({ refused }) => refused > 0)).toEqual([])
      expect(exceededLimits(gateway)).toContainEqual([limit, 'limit exceeded (shadow mode)'])
    },
  )
})
