import { describe, expect, it } from 'vitest'
import { decodeProducts } from '../../../src/upstream/catalyst/decode.js'
import { priceListCodec } from '../../../src/upstream/catalyst/price-lists.js'
import { startHouse } from '../../gateway.js'

const asked = { upstream: 'catalyst', operation: 'GET /v2/products' } as const
const body = Buffer.from(
  '{"products": {"nz-por-1": {"compute": [{"name": "c1.c1r2", "full_name": "NZ-POR-1.c1.c1r2", "rate": 0.0620, "unit": "hour", "description": false}], "network": []}}}',
)

describe('a price list', () => {
  it('comes back from its text to the character', async () => {
    const list = decodeProducts(body, asked)
    const again = await priceListCodec.decode(priceListCodec.encode(list))
    expect(again).toEqual(list)
    expect(JSON.stringify(again)).toContain('0.0620')
  })

  it('tells the gateway once which kind of server it is', async () => {
    await using house = await startHouse()
    for (let count = 0; count < 3; count++)
      await house.gateway.askText('{ invoices(filter: { source: CATALYST }) { totalCount } }')
    expect(house.catalyst.requests.filter(request => request === 'GET /v2/products')).toHaveLength(1)
  })
})
