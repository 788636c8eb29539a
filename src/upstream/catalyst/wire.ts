import type { JsonNumber } from '../decoding/json-number.js'

/**
 * The JSON of the rating API v2 after parsing, names as sent, numbers as the characters sent. Objects whose keys are data
 * (dates, categories, products) are lists of pairs here, in the order sent.
 */

/** One charge. Which members are there depends on driver and generation. */
export interface Line {
  /** `false` where the ERP has no name. */
  readonly resource_name: string | false
  /** Absent on ERP invoices. */
  readonly resource_id?: string | undefined
  readonly quantity: JsonNumber
  readonly rate: JsonNumber
  /** `false` where the ERP has none. */
  readonly unit: string | false
  /** Without GST. */
  readonly cost: JsonNumber
  /** Absent in ERP quotations and in the old generation. */
  readonly cost_taxed?: JsonNumber | undefined
}

/** A category's lines, by product. */
export interface Category {
  readonly total_cost: JsonNumber
  readonly total_cost_taxed?: JsonNumber | undefined
  readonly breakdown: Entries<readonly Line[]>
}

/** An invoice or a quotation of one day. */
export interface Document {
  /** Invoices: without GST today, with GST in the old generation. Quotations: always without. */
  readonly total_cost: JsonNumber
  readonly total_cost_taxed?: JsonNumber | undefined
  /** Invoices only; absent before August 2017. */
  readonly status?: string | undefined
  /** Only when requested. */
  readonly details?: Entries<Category> | undefined
}

/** Key and value, in the order sent. */
export type Entries<V> = readonly (readonly [string, V])[]

/** `GET /v2/invoices`: documents by bill date. */
export interface Invoices {
  readonly project_id: string
  readonly project_name: string
  readonly invoices: Entries<Document>
}

/** The invoices of one month in the shared store. The rest is as the server sent it. */
export interface StoredMonth {
  /** `2026-10` */
  readonly month: string
  /** Known regions at that time, to recognise them in product keys. */
  readonly regions: readonly string[]
  readonly sent: Invoices
}

/** `GET /v2/quotations`: one document, by the day it was made (UTC). */
export interface Quotations {
  readonly project_id: string
  readonly project_name: string
  readonly quotations: Entries<Document>
}

/** One priced product. */
export interface Product {
  readonly name: string
  /** Only servers with the ERP behind them have it. */
  readonly full_name?: string | undefined
  readonly rate: JsonNumber
  readonly unit: string | false
  readonly description: string | false
}

/** `GET /v2/products`: products by region, then by category in lower case. */
export interface Products {
  readonly products: Entries<Entries<readonly Product[]>>
}

/** What one resource used of one service. */
export interface MeasuredService {
  readonly name: string
  readonly volume: JsonNumber
  /** The collector's own: `second`, `byte`, `gigabyte`, `hour`. */
  readonly unit: string
}

/** The usage of one resource. Its other attributes, which name hosts and addresses, are not read. */
export interface MeasuredResource {
  readonly name?: string | undefined
  readonly type?: string | undefined
  readonly services: readonly MeasuredService[]
}

/** `GET /v2/measurements`: sums over the whole range, by resource. */
export interface Measurements {
  readonly project_id: string
  readonly project_name: string
  readonly resources: Entries<MeasuredResource>
}

/** What is left of a grant. */
export interface Credit {
  /** The word `False` where the ERP has none. */
  readonly code: string
  readonly type: string
  /** `YYYY-MM-DD HH:MM:SS`, UTC; absent where the ERP has none. */
  readonly start_date?: string | undefined
  /** `YYYY-MM-DD` */
  readonly expiry_date?: string | undefined
  readonly balance: JsonNumber
  readonly recurring: boolean
}

/** `GET /v2/credits` */
export interface Credits {
  readonly credits: readonly Credit[]
}

/** `GET /v2/health`: which parts report `OK`. */
export interface Health {
  /** False when the usage of some project is more than a day behind. */
  readonly collectsUsage: boolean
  /** True when the billing back end works; always true for servers that compute invoices. */
  readonly hasErp: boolean
}
