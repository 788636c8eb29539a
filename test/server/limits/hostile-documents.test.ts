import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_DOCUMENTS } from './hostile-documents.js'
import { type LimitedHouse, startLimitedHouse } from './limited-gateway.js'

let house: LimitedHouse
beforeAll(async () => {
  house = await startLimitedHouse()
})
afterAll(() => house[Symbol.asyncDispose]())

describe('a hostile document', () => {
  it.each(HOSTILE_DOCUMENTS)(
    '$name: is refused in few words, and asks no upstream',
    async ({ query, variables, limit }) => {
      // Twice: one that was seen before is refused no less.
      for (const answer of [await house.ask(query, variables), await house.ask(query, variables)]) {
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
        expect(answer.bytes).toBeLessThanOrEqual(4_096)
        expect(answer.data).toBeUndefined()
        expect(house.upstreamCalls()).toEqual([])
        if (limit === null) continue
        expect(answer.errors).toHaveLength(1)
        expect(answer.errors[0]?.message).toContain(`(${limit})`)
      }
      if (limit !== null) expect(house.counts.all().some(one => one.limit === limit && one.refused > 0)).toBe(true)
    },
  )

  it('is told by a code, the limit, how high it is and what was measured', async () => {
    const { status, errors } = await house.ask(
      `{ invoices { ${Array.from({ length: 120 }, (_, i) => `a${i}: totalCount`).join(' ')} } }`,
    )
    expect(status).toBe(400)
    expect(errors).toEqual([
      {
        message: 'Too complex: 120 aliases, of 100 at most (LIMIT_ALIASES).',
        extensions: {
          code: 'QUERY_TOO_COMPLEX',
          limit: 'LIMIT_ALIASES',
          allowed: 100,
          measured: 120,
          requestId: expect.any(String),
        },
      },
    ])
  })

  it('names cost and limit of what costs too much', async () => {
    const { errors } = await house.ask(
      '{ invoices(first: 100) { nodes { lineItems { nodes { invoice { lineItems { nodes { id } } } } } } } }',
    )
    expect(errors[0]?.extensions).toMatchObject({ limit: 'LIMIT_COST', allowed: 500_000, measured: expect.any(Number) })
    expect(errors[0]?.message).toMatch(/^Too complex: \d{6,} points of cost, of 500000 at most \(LIMIT_COST\)\.$/)
  })

  it('leaves the gateway as it was', async () => {
    const { status, data } = await house.ask('{ invoices(first: 2) { nodes { id } } }')
    expect([status, (data as { invoices: { nodes: object[] } }).invoices.nodes.length]).toEqual([200, 2])
  })
})
