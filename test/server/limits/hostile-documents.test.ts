import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_DOCUMENTS } from './hostile-documents.js'
import { type LimitedGateway, startLimitedGateway } from './limited-gateway.js'

let gateway: LimitedGateway
beforeAll(async () => {
  gateway = await startLimitedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('a hostile document', () => {
  it.each(HOSTILE_DOCUMENTS)(
    '$name: is refused with a short response, and no upstream is called',
    async ({ query, variables, limit }) => {
      // Twice, since a document that was seen before takes another path.
      for (const response of [await gateway.ask(query, variables), await gateway.ask(query, variables)]) {
        expect(response.status).toBeGreaterThanOrEqual(400)
        expect(response.status).toBeLessThan(500)
        expect(response.bytes).toBeLessThanOrEqual(4_096)
        expect(response.data).toBeUndefined()
        expect(gateway.upstreamCalls()).toEqual([])
        if (limit === null) continue
        expect(response.errors).toHaveLength(1)
        expect(response.errors[0]?.message).not.toMatch(/LIMIT_/)
      }
      if (limit !== null) expect(gateway.limitCounts().some(one => one.limit === limit && one.refused > 0)).toBe(true)
    },
  )

  it('is refused with a code, the limit, its value and what was measured', async () => {
    const { status, errors } = await gateway.ask(
      `{ invoices { ${Array.from({ length: 120 }, (_, i) => `a${i}: totalCount`).join(' ')} } }`,
    )
    expect(status).toBe(400)
    expect(errors).toEqual([
      {
        message: 'Too complex: 120 aliases (limit: 100). Select less, or split it into several operations.',
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

  it('is refused with its cost and the limit when it costs too much', async () => {
    const { errors } = await gateway.ask(
      '{ invoices(first: 100) { nodes { lineItems { nodes { invoice { lineItems { nodes { id } } } } } } } }',
    )
    expect(errors[0]?.extensions).toMatchObject({ limit: 'LIMIT_COST', allowed: 500_000, measured: expect.any(Number) })
    expect(errors[0]?.message).toMatch(/^Too complex: \d{6,} cost points \(limit: 500000\)\. /)
  })

  it('leaves the gateway in working order', async () => {
    const { status, data } = await gateway.ask('{ invoices(first: 2) { nodes { id } } }')
    expect([status, (data as { invoices: { nodes: object[] } }).invoices.nodes.length]).toEqual([200, 2])
  })
})
