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

/** Every decoder of a body, by a name that can be told to another thread: any body may be large. */
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

/** What the decoder of that name makes of a body. */
export type Decoded<N extends DecoderName> = ReturnType<(typeof decoders)[N]>
