import { describe, expect, it } from 'vitest'
import { LIMIT_NAMES, type LimitSettings, limitsOf } from '../../../src/access/limit.js'
import { readDocumentedLimits } from './documented-limits.js'
import { EXCEEDING } from './exceeding.js'
import { startLimitedHouse } from './limited-gateway.js'

const documented = new Map(readDocumentedLimits().map(row => [row.setting, row]))

const settingsOf = (mode: LimitSettings['mode'], limit: string, allowed: number): LimitSettings => ({
  mode,
  limits: limitsOf({ [limit]: allowed }),
  rate: null,
})

describe('every limit', () => {
  it('is gone beyond below', () => {
    expect(EXCEEDING.map(({ limit }) => limit)).toEqual(LIMIT_NAMES)
  })

  it.each(EXCEEDING)(
    '$limit refuses with the status and code of the README, in one short error that names it and its value, and counts that',
    async ({ limit, allowed, send }) => {
      await using house = await startLimitedHouse({ limits: settingsOf('enforce', limit, allowed) })
      const { status, errors, bytes, text } = await send(house)
      const [error] = errors
      expect({ status, code: error?.extensions?.code }).toEqual({
        status: documented.get(limit)?.status,
        code: documented.get(limit)?.code,
      })
      expect(errors).toHaveLength(1)
      expect(bytes).toBeLessThanOrEqual(4_096)
      expect(error?.message).toContain(`(${limit})`)
      expect(error?.message).toContain(String(allowed))
      expect(text).not.toMatch(/ at .*\.(js|ts):/)
      expect(house.counts.all()).toEqual([{ limit, refused: 1, wouldHaveRefused: 0 }])
      const calls = house.upstreamCalls().filter(path => !path.includes('/auth/'))
      expect(calls).toHaveLength(limit === 'LIMIT_UPSTREAM_CALLS' ? allowed : 0)
    },
  )

  // Validation refuses every mutation, since there is none yet.
  it.each(EXCEEDING.filter(({ limit }) => limit !== 'LIMIT_MUTATION_FIELDS'))(
    '$limit lets pass in shadow, and counts and logs what it would have refused',
    async ({ limit, allowed, send }) => {
      await using house = await startLimitedHouse({ limits: settingsOf('shadow', limit, allowed) })
      const { status, errors, data } = await send(house)
      expect([status, errors]).toEqual([200, []])
      expect(data).toBeTruthy()
      expect(house.counts.of(limit)).toEqual({ limit, refused: 0, wouldHaveRefused: 1 })
      expect(house.counts.all().filter(({ refused }) => refused > 0)).toEqual([])
      const lines = house.log.map(line => JSON.parse(line) as { msg: string; limit?: string })
      expect(lines.filter(line => line.limit === limit).map(({ msg }) => msg)).toEqual([
        'over a limit, which is in shadow',
      ])
    },
  )
})
