import {
  decodeCredits,
  decodeHealth,
  decodeInvoices,
  decodeMeasurements,
  decodeMonth,
  decodeProducts,
  decodeQuotations,
} from '../catalyst/decode.js'
import { decodeCatalog, decodeProjects, decodeToken } from '../keystone/decode.js'
import { decodeAccount, decodeInvoice, decodeInvoicePage } from '../threescale/decode.js'
import {
  decodeAccountPage,
  decodeApplication,
  decodeApplicationPage,
  decodePayments,
  decodePlans,
  decodeServicePage,
} from '../threescale/decode-accounts.js'

/** Every decoder of a body, by a name that can be sent to a worker thread. Any body may be large. */
export const decoders = {
  keystoneToken: decodeToken,
  keystoneCatalog: decodeCatalog,
  keystoneProjects: decodeProjects,
  catalystInvoices: decodeInvoices,
  catalystMonth: decodeMonth,
  catalystQuotations: decodeQuotations,
  catalystMeasurements: decodeMeasurements,
  catalystProducts: decodeProducts,
  catalystCredits: decodeCredits,
  catalystHealth: decodeHealth,
  threescaleInvoicePage: decodeInvoicePage,
  threescaleInvoice: decodeInvoice,
  threescaleAccount: decodeAccount,
  threescaleAccountPage: decodeAccountPage,
  threescaleApplication: decodeApplication,
  threescaleApplicationPage: decodeApplicationPage,
  threescalePayments: decodePayments,
  threescalePlans: decodePlans,
  threescaleServicePage: decodeServicePage,
} as const

export type DecoderName = keyof typeof decoders

/** The result of the decoder of that name. */
export type Decoded<N extends DecoderName> = ReturnType<(typeof decoders)[N]>
