import type { Cache, Codec } from '../cache/cache.js'
import { decoding } from '../decoding/worker-pool.js'
import type { UpstreamRequest } from '../http/errors.js'
import type { CatalystClient } from './client.js'
import { encodeProducts } from './decode.js'
import type * as wire from './wire.js'

/** The server itself remembers a price list for as long. */
const PRICE_LIST_LIFE_MS = 10 * 60_000

/** Price lists, each asked for once in ten minutes. */
export class PriceLists {
  constructor(
    private readonly client: CatalystClient,
    /** Null where the client keeps its answers itself. */
    private readonly cache: Cache<wire.Products> | null,
  ) {}

  /** The prices of all regions, as one region's server knows them. */
  async of(region: string): Promise<wire.Products> {
    const held = await this.cache?.get(region)
    if (held) return held
    const { answer } = await this.client.listProducts(region)
    await this.cache?.set(region, answer, PRICE_LIST_LIFE_MS)
    return answer
  }
}

/** How a price list is kept as text: the wire's own JSON, so that what comes back passes the same decoder. */
export const priceListCodec: Codec<wire.Products> = {
  encode: encodeProducts,
  decode: text => {
    const asked: UpstreamRequest = { upstream: 'catalyst', operation: 'cached products' }
    return decoding('catalystProducts')(Buffer.from(text), asked)
  },
}
