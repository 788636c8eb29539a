import type { ServiceRecord } from './catalog-data.js'
import type { ApplicationRecord, ContractRecord, SubscriptionRecord } from './contract-data.js'
import type { NamedText } from './named-texts.js'
import type { PaymentTransactionRecord } from './payment-data.js'

/** A tenant as the stand-in keeps it: what its database holds, from which every document is printed. */
export interface ThreescaleData {
  readonly provider: ProviderRecord
  /** Deleted buyers stay here, marked as such: their invoices outlive them. */
  readonly buyers: readonly BuyerRecord[]
  readonly invoices: readonly InvoiceRecord[]
  readonly paymentTransactions: readonly PaymentTransactionRecord[]
  readonly services: readonly ServiceRecord[]
  /** Plans of all three kinds. */
  readonly plans: readonly PlanRecord[]
  readonly applications: readonly ApplicationRecord[]
  readonly subscriptions: readonly SubscriptionRecord[]
  /** Contracts of buyers with the tenant as such. */
  readonly accountContracts: readonly ContractRecord[]
}

/** A postal address. `null` and '' print differently, so both are kept apart. */
export interface AddressRecord {
  /** Up to two lines. A second line of '' leaves a line feed at the end of the printed address. */
  readonly lines: readonly string[]
  readonly city: string | null
  /** The region. */
  readonly state: string | null
  readonly country: string | null
  readonly phone: string | null
  readonly zip: string | null
}

/** What a provider and a buyer have in common on an invoice. */
export interface PartyRecord {
  readonly id: number
  readonly orgName: string
  readonly legalAddress?: AddressRecord
  /** Printed when the legal address, or the copy frozen at issue, has no first line. */
  readonly billingAddress?: AddressRecord
}

/** The tenant itself. */
export interface ProviderRecord extends PartyRecord {
  /** The legacy credential with full rights; without one no provider key is accepted. */
  readonly providerKey?: string
  /** No invoice may be for a month before; without it any may. */
  readonly createdAt?: Date
  /** ISO 4217: the currency of invoices not issued yet. */
  readonly currency: string
  /** Fields of a buyer that the tenant configured to be shown, beside `org_name`. */
  readonly accountFields: readonly AccountField[]
}

/** Builtin fields of a buyer's account, named as on the wire. */
export type AccountField =
  | 'org_legaladdress'
  | 'city'
  | 'country'
  | 'zip'
  | 'telephone_number'
  | 'vat_code'
  | 'vat_rate'
  | 'fiscal_code'

/** The states of a buyer's account. */
export type BuyerState = 'created' | 'pending' | 'approved' | 'rejected' | 'suspended' | 'scheduled_for_deletion'

/** A buyer: an account of the tenant's developer portal. */
export interface BuyerRecord extends PartyRecord {
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly state: BuyerState
  /** Deleted buyers have no account document; on their invoices only the id is left. */
  readonly isDeleted?: boolean
  /** Names and values in printing order. */
  readonly annotations?: readonly NamedText[]
  /** `YYYY-MM-DD`, of an account that is scheduled for deletion. */
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

/** What the server shows of a stored card. */
export interface CreditCardRecord {
  /** The last four digits. */
  readonly partialNumber: string
  /** `YYYY-MM-DD`, the first of the month. */
  readonly expiresOn: string
}

/** A plan a buyer is subscribed to. */
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

/** A person of a buyer. */
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

/** The states of an invoice; `cancelled` is what people call void. */
export const invoiceStates = ['open', 'finalized', 'pending', 'unpaid', 'paid', 'failed', 'cancelled'] as const

/** One of `invoiceStates`. */
export type InvoiceState = (typeof invoiceStates)[number]

/** An invoice. Its sums are not stored: they follow from the line items and the VAT rate. */
export interface InvoiceRecord {
  readonly id: number
  /** `YYYY-MM-NNNNNNNN` or `YYYY-NNNNNNNN`; not unique. */
  readonly friendlyId: string
  readonly creationType: 'background' | 'manual'
  readonly state: InvoiceState
  readonly createdAt: Date
  /** `createdAt` when left out. */
  readonly updatedAt?: Date
  readonly paidAt?: Date
  /** `YYYY-MM-DD`, a UTC date. */
  readonly issuedOn?: string
  /** `YYYY-MM-DD`, a UTC date: two days after the issue. */
  readonly dueOn?: string
  /** ISO 4217, or '' when the invoice was cancelled before its issue. */
  readonly currency: string
  /** Percent as exact decimal text: the rate this invoice is counted with now. */
  readonly vatRate?: string
  /** The month billed, `YYYY-MM`. */
  readonly period: string
  readonly buyerId: number
  /** Copies made at the issue. An issued invoice without them shows what the parties have now. */
  readonly frozenAddresses?: { readonly provider: AddressRecord; readonly buyer: AddressRecord }
  readonly lineItems: readonly LineItemRecord[]
  readonly paymentTransactionsCount: number
}

/** What kind of cost a line is; '' for a line somebody wrote by hand. */
export type LineItemType = '' | 'LineItem::PlanCost' | 'LineItem::VariableCost'

/** One line of an invoice. */
export interface LineItemRecord {
  readonly id: number
  readonly name: string | null
  readonly description: string | null
  readonly quantity: number | null
  readonly type: LineItemType
  readonly metricId: number | null
  readonly planId: number | null
  readonly contractId: number | null
  /** The application somebody named when making it: kept, but never printed in XML. */
  readonly cinstanceId?: number
  readonly contractType: 'Contract' | 'Cinstance' | 'ServiceContract' | 'AccountContract' | null
  /** The whole line, without VAT: exact decimal text of up to four decimals. */
  readonly cost: string
}
