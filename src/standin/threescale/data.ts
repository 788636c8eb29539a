import type { ServiceRecord } from './catalog-data.js'
import type { ApplicationRecord, ContractRecord, SubscriptionRecord } from './contract-data.js'
import type { NamedText } from './named-texts.js'
import type { PaymentTransactionRecord } from './payment-data.js'

/** Database of a tenant, from which all documents are printed. */
export interface ThreescaleData {
  readonly provider: ProviderRecord
  /** Includes deleted buyers, which are marked, since their invoices remain. */
  readonly buyers: readonly BuyerRecord[]
  readonly invoices: readonly InvoiceRecord[]
  readonly paymentTransactions: readonly PaymentTransactionRecord[]
  readonly services: readonly ServiceRecord[]
  /** Plans of all kinds. */
  readonly plans: readonly PlanRecord[]
  readonly applications: readonly ApplicationRecord[]
  readonly subscriptions: readonly SubscriptionRecord[]
  /** Contracts of buyers with the tenant itself. */
  readonly accountContracts: readonly ContractRecord[]
}

/** Postal address. `null` and '' are printed differently. */
export interface AddressRecord {
  /** At most two lines. If the second is '', the printed address ends in a line feed. */
  readonly lines: readonly string[]
  readonly city: string | null
  /** Region or state. */
  readonly state: string | null
  readonly country: string | null
  readonly phone: string | null
  readonly zip: string | null
}

/** Common members of provider and buyer on an invoice. */
export interface PartyRecord {
  readonly id: number
  readonly orgName: string
  readonly legalAddress?: AddressRecord
  /** Printed if the legal address, or the copy from the issue, has no first line. */
  readonly billingAddress?: AddressRecord
}

/** Tenant that bills the buyers. */
export interface ProviderRecord extends PartyRecord {
  /** Legacy credential with all rights. Without it, no provider key is accepted. */
  readonly providerKey?: string
  /** Invoices for earlier months are rejected. Without it, all months are valid. */
  readonly createdAt?: Date
  /** ISO 4217 currency of invoices that are not issued yet. */
  readonly currency: string
  /** Configured fields of a buyer, besides `org_name`. */
  readonly accountFields: readonly AccountField[]
}

/** Built-in field of a buyer's account, by its wire name. */
export type AccountField =
  | 'org_legaladdress'
  | 'city'
  | 'country'
  | 'zip'
  | 'telephone_number'
  | 'vat_code'
  | 'vat_rate'
  | 'fiscal_code'

/** State of a buyer's account. */
export type BuyerState = 'created' | 'pending' | 'approved' | 'rejected' | 'suspended' | 'scheduled_for_deletion'

/** Buyer: an account of the tenant's developer portal. */
export interface BuyerRecord extends PartyRecord {
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly state: BuyerState
  /** A deleted buyer has no account document, and its invoices show only its id. */
  readonly isDeleted?: boolean
  /** Names and values in printing order. */
  readonly annotations?: readonly NamedText[]
  /** `YYYY-MM-DD`; only if the account is scheduled for deletion. */
  readonly deletionDate?: string
  readonly vatCode?: string
  /** Percent as exact decimal text. */
  readonly vatRate?: string
  readonly fiscalCode?: string
  /** Names and values in printing order; a name may repeat. */
  readonly extraFields?: readonly NamedText[]
  readonly isMonthlyBillingEnabled?: boolean
  readonly isMonthlyChargingEnabled?: boolean
  readonly creditCard?: CreditCardRecord
  readonly plans?: readonly PlanRecord[]
  readonly users?: readonly UserRecord[]
}

/** Visible part of a stored credit card. */
export interface CreditCardRecord {
  /** The last four digits. */
  readonly partialNumber: string
  /** `YYYY-MM-DD`, the first of the month. */
  readonly expiresOn: string
}

/** Plan of a buyer's contract. */
export interface PlanRecord {
  readonly id: number
  readonly name: string
  readonly type: 'account_plan' | 'application_plan' | 'service_plan'
  readonly state: 'hidden' | 'published'
  readonly isDefault: boolean
  /** Printed for application plans only. */
  readonly isCustom?: boolean
  readonly isApprovalRequired?: boolean
  /** Exact decimal text. */
  readonly setupFee: string
  /** Exact decimal text. */
  readonly costPerMonth: string
  readonly trialPeriodDays?: number
  readonly serviceId?: number
}

/** User of a buyer. */
export interface UserRecord {
  readonly id: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly state: 'pending' | 'active' | 'suspended'
  readonly role: 'admin' | 'member'
  readonly username: string
  readonly email: string
  readonly extraFields?: readonly NamedText[]
}

/** States of an invoice. `cancelled` is shown as void in the user interface. */
export const invoiceStates = ['open', 'finalized', 'pending', 'unpaid', 'paid', 'failed', 'cancelled'] as const

/** One of `invoiceStates`. */
export type InvoiceState = (typeof invoiceStates)[number]

/** Invoice. Its sums are not stored but computed from the line items and the VAT rate. */
export interface InvoiceRecord {
  readonly id: number
  /** `YYYY-MM-NNNNNNNN` or `YYYY-NNNNNNNN`; not unique. */
  readonly friendlyId: string
  readonly creationType: 'background' | 'manual'
  readonly state: InvoiceState
  readonly createdAt: Date
  /** Default: `createdAt`. */
  readonly updatedAt?: Date
  readonly paidAt?: Date
  /** `YYYY-MM-DD`, a UTC date. */
  readonly issuedOn?: string
  /** `YYYY-MM-DD`, a UTC date, two days after the issue. */
  readonly dueOn?: string
  /** ISO 4217, or '' if the invoice was cancelled before its issue. */
  readonly currency: string
  /** Present VAT rate of the invoice, in percent, as exact decimal text. */
  readonly vatRate?: string
  /** Billed month, `YYYY-MM`. */
  readonly period: string
  readonly buyerId: number
  /** Copies made at the issue. An issued invoice without them shows the present addresses. */
  readonly frozenAddresses?: { readonly provider: AddressRecord; readonly buyer: AddressRecord }
  readonly lineItems: readonly LineItemRecord[]
  readonly paymentTransactionsCount: number
}

/** Kind of a line; '' for a manual line. */
export type LineItemType = '' | 'LineItem::PlanCost' | 'LineItem::VariableCost'

/** Line of an invoice. */
export interface LineItemRecord {
  readonly id: number
  readonly name: string | null
  readonly description: string | null
  readonly quantity: number | null
  readonly type: LineItemType
  readonly metricId: number | null
  readonly planId: number | null
  readonly contractId: number | null
  /** Application given at the creation of the line. Stored, but not printed in XML. */
  readonly cinstanceId?: number
  readonly contractType: 'Contract' | 'Cinstance' | 'ServiceContract' | 'AccountContract' | null
  /** Cost of the whole line without VAT: exact decimal text with up to four decimals. */
  readonly cost: string
}
