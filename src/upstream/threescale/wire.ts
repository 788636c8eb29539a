/**
 * The XML of 3scale's Billing API after parsing. Names and text are unchanged: every leaf is a string, an empty element ''.
 */

/** The issuer of an invoice, or its buyer. */
export interface Party {
  readonly id: string
  readonly org_name: string
  /** Street lines, a line feed between them. */
  readonly address: string
  readonly city: string
  /** A region, not a status. */
  readonly state: string
  readonly country: string
  readonly phone: string
  readonly zip: string
}

/** What remains of a deleted buyer. */
export interface DeletedBuyer {
  readonly id: string
  readonly status: 'deleted'
}

/** One charge on an invoice. */
export interface LineItem {
  readonly id: string
  readonly name: string
  readonly description: string
  /** An integer, or ''. */
  readonly quantity: string
  /** `LineItem::PlanCost`, `LineItem::VariableCost` or ''. */
  readonly type: string
  readonly metric_id: string
  readonly contract_id: string
  readonly plan_id: string
  /** Of the whole line, without VAT, up to four decimal places. */
  readonly cost: string
}

/** One invoice, the same in lists and alone. */
export interface Invoice {
  readonly id: string
  readonly friendly_id: string
  readonly creation_type: string
  readonly state: string
  /** `2023-12-07 10:15:42 +0100`, or '' */
  readonly paid_at: string
  /** `YYYY-MM-DD`, or '' while not issued. */
  readonly due_on: string
  readonly issued_on: string
  /** '' when it was cancelled before it was issued. */
  readonly currency: string
  /** With VAT, two decimal places. */
  readonly cost: string
  /** Per cent; absent without VAT, as is its amount. */
  readonly vat_rate?: string | undefined
  readonly vat_amount?: string | undefined
  readonly cost_without_vat: string
  /** First and last day, both included. */
  readonly period: { readonly from: string; readonly to: string }
  readonly provider: Party
  readonly buyer: Party | DeletedBuyer
  readonly lineItems: readonly LineItem[]
  readonly payment_transactions_count: string
}

/** `<pagination>` of an invoice list. */
export interface Pagination {
  readonly totalPages: number
  readonly currentPage: number
  readonly perPage: number
  readonly totalEntries: number
}

/** `GET /api/invoices.xml` */
export interface InvoicePage {
  readonly pagination: Pagination
  readonly invoices: readonly Invoice[]
}

/** A buyer's account, as far as a bill needs it; which members are there depends on the tenant. */
export interface Account {
  readonly id: string
  readonly state: string
  readonly org_name: string
  readonly org_legaladdress?: string | undefined
  readonly city?: string | undefined
  readonly region?: string | undefined
  readonly country?: string | undefined
  readonly zip?: string | undefined
  readonly telephone_number?: string | undefined
}

/** `GET /admin/api/accounts.xml` and other lists. The root states totals only when there is more than one page. */
export interface Page<T> {
  readonly totalPages: number
  readonly items: readonly T[]
}

/** One attempt to charge an invoice. The payment provider's response is removed before the body is parsed. */
export interface PaymentTransaction {
  readonly id: string
  /** ISO 8601 with an offset. */
  readonly created_at: string
  readonly invoice_id: string
  readonly reference: string
  readonly success: boolean
  readonly amount: string
  readonly currency: string
  readonly action: string
  readonly message: string
}

/** A plan of any kind. */
export interface Plan {
  readonly id: string
  readonly name: string
  /** `application_plan`, `service_plan`, `account_plan` */
  readonly type: string
}

/** An application, the usual contract. Its keys are removed before the body is parsed. */
export interface Application {
  readonly id: string
  readonly state: string
  readonly user_account_id: string
  readonly name?: string | undefined
  readonly plan: Plan
}

/** A metric, or a method of one. */
export interface Metric {
  readonly id: string
  readonly system_name: string
  readonly friendly_name: string
  readonly description: string
  /** Absent on methods. */
  readonly unit?: string | undefined
}
