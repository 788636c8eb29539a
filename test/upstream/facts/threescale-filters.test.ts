import { describe, expect, it } from 'vitest'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { startGateway } from '../../gateway.js'
import { clock } from '../threescale/billing-stand-in.js'

describe('a filter that 3scale would treat as matching nothing', () => {
  it.each([
    ['a state that there is not', 'states: [PAYED]', 'PAYED'],
    ["a state in the server's spelling", 'states: [paid]', 'paid'],
    ['a month that there is not', 'from: "2026-13"', '2026-13'],
    ['a month without its zero', 'to: "2026-1"', '2026-1'],
  ])('is an error before any upstream is called: %s', async (_, filter, value) => {
    await using threescale = await startThreescale({ clock })
    await using gateway = await startGateway({
      catalyst: null,
      threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 10_000 },
    })

    const { data, errors } = await gateway.askText(`{ invoices(filter: { ${filter} }) { totalCount } }`)

    expect(data ?? { invoices: null }).toEqual({ invoices: null })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.message).toContain(value)
    expect(threescale.requests).toEqual([])
  })
})
