import { decodeInvoices, decodeMeasurements, decodeProducts, decodeQuotations } from './catalyst/decode.js'
import { decodeInvoice, decodeInvoicePage } from './threescale/decode.js'

/** The decoders whose bodies may be large, by a name that can be told to another thread. */
export const decoders = {
  catalystInvoices: decodeInvoices,
  catalystQuotations: decodeQuotations,
  catalystMeasurements: decodeMeasurements,
  catalystProducts: decodeProducts,
  threescaleInvoicePage: decodeInvoicePage,
  threescaleInvoice: decodeInvoice,
} as const

export type DecoderName = keyof typeof decoders

/** What the decoder of that name makes of a body. */
export type Decoded<N extends DecoderName> = ReturnType<(typeof decoders)[N]>
