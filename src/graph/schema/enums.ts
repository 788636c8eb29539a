import { registerEnumType } from 'type-graphql'
import type { CostDimension as Dimension } from '../../domain/breakdown.js'
import type { CostBasis as BasisOfCost } from '../../domain/customer-cost.js'
import type { SharedCostPolicy as Policy } from '../../domain/customer-registry.js'
import type { DifferenceCause as Cause } from '../../domain/economics/difference.js'
import type { MarginGap as Gap, CostScope as Scope } from '../../domain/economics/margin.js'
import type { MonthState as StateOfMonth } from '../../domain/economics/monthly-amount.js'
import type { CreationType as Creation, InvoiceState as State } from '../../domain/invoice.js'
import type { InvoiceOrder as OrderOfInvoices } from '../../domain/invoice-order.js'
import type { LineItemType as LineType, LineItemOrder as OrderOfLines } from '../../domain/line-item.js'
import type { NoticeCode as Caution } from '../../domain/notice.js'
import type { PrefixMatch as Match } from '../../domain/prefix-index.js'
import type { Ledger as Side, BillingSource as Source } from '../../domain/source.js'
import type { TaxBasis as BasisOfTax, TaxRounding as RoundingOfTax } from '../../domain/taxed-money.js'
import type { UpstreamHealth } from '../../upstream/http/upstream-http.js'

/** Registers an enum whose values equal their names. The compiler checks that every value of the domain is described. */
export function publish<T extends string>(name: string, description: string, values: Readonly<Record<T, string>>) {
  const members = Object.fromEntries(Object.keys(values).map(value => [value, value])) as { readonly [V in T]: V }
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
  ) as { [V in T]: { description: string } }
  registerEnumType(members, { name, description, valuesConfig })
  return members
}

export const BillingSource = publish<Source>('BillingSource', 'A billing system.', {
  CATALYST: "Catalyst Cloud's rating API: what the company pays for its cloud.",
  THREESCALE: "3scale's Billing API: what API customers pay the company.",
})

export const Ledger = publish<Side>('Ledger', 'The side of the books of a document.', {
  COST: 'The company is billed.',
  REVENUE: 'The company bills its customers.',
})

export const TaxBasis = publish<BasisOfTax>('TaxBasis', 'Origin of the tax and gross of an amount.', {
  STATED: 'Stated by the billing system.',
  COMPUTED: 'Computed by the gateway from a stated amount and the tax rate.',
  UNKNOWN: 'Unknown for at least one part.',
})

export const TaxRounding = publish<RoundingOfTax>(
  'TaxRounding',
  'How the gateway rounds a tax to cents that the billing system does not state.',
  {
    HALF_EVEN: 'An exact half to the even cent, as the rating service does.',
    HALF_UP: 'An exact half away from zero.',
  },
)

export const SharedCostPolicy = publish<Policy>('SharedCostPolicy', 'How the cost of a shared pool is divided.', {
  UNALLOCATED: 'Not at all.',
  EVEN: 'Equal parts for all customers.',
  PROPORTIONAL: 'By the cost of the own lines of each customer; a negative cost weighs zero.',
  WEIGHTS: 'By fixed weights of the registry.',
})

export const InvoiceState = publish<State>(
  'InvoiceState',
  'State of an invoice. rawState has the name in the billing system.',
  {
    OPEN: 'Being filled, or not due yet.',
    FINALIZED: 'Closed and under review (3scale).',
    PENDING: 'Issued; payment is in progress.',
    UNPAID: 'Not paid, or not in full.',
    PAID: 'Paid.',
    FAILED: 'Payment failed and is not retried (3scale).',
    CANCELLED: 'Void or reversed. Exclude it from sums.',
    UNKNOWN: 'A state that the gateway does not recognise.',
  },
)

export const CreationType = publish<Creation>('CreationType', 'How a 3scale invoice was created.', {
  MANUAL: 'Created by a person or through the API.',
  BACKGROUND: "Created by 3scale's billing job.",
  UNKNOWN: 'A value that the gateway does not recognise.',
})

export const LineItemType = publish<LineType>('LineItemType', 'Kind of charge.', {
  PLAN_COST: 'Plan: fixed fee, setup fee or refund on a plan change (3scale).',
  VARIABLE_COST: 'Metered usage (3scale).',
  MANUAL: 'Added without a type (3scale).',
  RESOURCE_USAGE: 'Usage of a cloud resource (Catalyst).',
  DISCOUNT: 'A discount (Catalyst).',
  CREDIT: 'A credit (Catalyst).',
  SUPPORT: 'A support plan (Catalyst).',
  UNKNOWN: 'A type that the gateway does not recognise; see rawType.',
})

export const LineItemOrder = publish<OrderOfLines>('LineItemOrder', 'Order of line items.', {
  AS_BILLED: 'Order of the billing system.',
  COST_DESC: 'Highest cost without tax first.',
  NAME_ASC: 'By name, uppercase before lowercase.',
})

export const InvoiceOrder = publish<OrderOfInvoices>('InvoiceOrder', 'Order of invoices.', {
  PERIOD_DESC: 'Newest month first. Within a month, Catalyst before 3scale, then newest first.',
  PERIOD_ASC: 'The reverse of PERIOD_DESC.',
  AMOUNT_DESC: 'Highest total with tax first. Currencies are not converted: combine it with filter.currency.',
  AMOUNT_ASC: 'The reverse of AMOUNT_DESC.',
  ISSUED_DESC: 'Latest issue date first, invoices that are not issued last.',
  ISSUED_ASC: 'The reverse of ISSUED_DESC.',
  DUE_DESC: 'Latest due date first, invoices without a due date last.',
  DUE_ASC: 'The reverse of DUE_DESC.',
})

export const NoticeCode = publish<Caution>('NoticeCode', 'Kind of warning about figures.', {
  TOTAL_MISMATCH: 'The stated total differs from the sum of its parts.',
  LINES_UNAVAILABLE: 'The billing system has the bill but cannot list its line items.',
  LEGACY_TAX: 'A bill from the time when Catalyst stated totals with GST only.',
  TAX_COMPUTED: 'The billing system states no tax; the gateway computes it.',
  MERGED_DOCUMENTS: 'Several documents of one month are combined.',
  REGION_MISSING: 'A region failed; the total does not include it.',
  NO_MATCH: 'No line item matches, so the amount is zero. The message has the nearest prefixes.',
  UNKNOWN_MARKER: 'A line item has an on-charge marker that belongs to no month of the customer.',
  PREFIX_OVERLAP: 'Some line items match the prefix only as the start of a longer word.',
  POOL_UNALLOCATED: 'A shared pool, or a part of it, is unallocated although its policy is to share it.',
})

export const PrefixMatch = publish<Match>('PrefixMatch', 'How resource names are matched to a prefix.', {
  STARTS_WITH: 'The name starts with the prefix, case-sensitive: customer-1 also matches customer-10.',
  SEGMENT:
    'The prefix is the whole name, or ends or is followed by one of - _ . / : so that customer-1 does not match customer-10.',
})

export const CostBasis = publish<BasisOfCost>('CostBasis', 'Origin of a cost.', {
  INVOICE: 'The bills of a closed month.',
  QUOTATION: "The running month's quotation, without discounts, credits or grants.",
})

export const CostDimension = publish<Dimension>('CostDimension', 'Dimension to group costs by.', {
  CATEGORY: 'Catalyst category, such as Compute.',
  PRODUCT: 'Catalyst product without its region, such as c1.c2r4.',
  REGION: 'Catalyst region.',
  RESOURCE: 'Name of the resource; for 3scale, the name of the line item.',
  TYPE: 'Type of the line item.',
})

export const CircuitState = publish<UpstreamHealth['circuit']>(
  'CircuitState',
  'State of a circuit breaker. It opens after repeated failures and blocks upstream calls for some seconds.',
  {
    CLOSED: 'Calls are allowed.',
    HALF_OPEN: 'One trial call is allowed.',
    OPEN: 'Calls are blocked.',
  },
)

export const MonthState = publish<StateOfMonth>('MonthState', 'What is known of the amount of a month.', {
  CLOSED: 'The month is over, and its amount is final.',
  RUNNING: 'The amount so far: the month is not over, or an invoice of it is not issued.',
  NO_BILL: 'No bill or invoice covers the month, or one is still to come.',
  STALE: 'The amount comes from older data, because the upstream failed.',
  UNAVAILABLE: 'The upstream failed, or a document does not list its lines.',
  MIXED_CURRENCIES: 'The documents are in several currencies, which are never added.',
})

export const CostScope = publish<Scope>('CostScope', "The part of a bill that counts as a customer's cost.", {
  DIRECT: "The customer's own line items.",
  FULL: 'Its own line items and its share of shared cost.',
})

export const MarginGap = publish<Gap>('MarginGap', 'A reason why a margin is not known.', {
  NO_COST: 'There is no bill for the month.',
  COST_RUNNING: 'The month is not over: its cost is a quotation.',
  COST_INCOMPLETE: 'A bill, a region or the lines of a bill are missing.',
  UNALLOCATED: 'A part of the bill is shared cost that is not allocated to customers.',
  NO_BUYER: 'The registry names no 3scale buyer for the customer.',
  NO_REVENUE: 'There is no invoice for the month.',
  NOT_ISSUED: 'An invoice of the month is not issued yet, or in an unknown state.',
  WRITE_IN_DOUBT: 'It is not known whether a write of the gateway to an invoice took effect.',
  MIXED_CURRENCIES: 'Amounts are in several currencies, and the registry has no exchange rate for the month.',
  REGISTRY_GAP: 'The customer is not registered, or none of its claims covers the month.',
  NOT_ALL_VISIBLE: 'The caller may not see all of the cost or all of the revenue.',
  STALE: 'A figure comes from older data, because the upstream failed.',
  UPSTREAM_DOWN: 'An upstream failed.',
})

export const DifferenceCause = publish<Cause>('DifferenceCause', 'Why two figures of a reconciliation differ.', {
  NOT_ON_CHARGED: 'Cost that no invoice line on-charges.',
  CHANGED_SINCE: 'The cost is other than what was on-charged: it changed since, or a markup was added.',
  NOT_ISSUED: 'The invoice is not issued.',
  NOT_PAID: 'The invoice is issued and not paid.',
  FOREIGN_LINES: 'Invoice lines without an on-charge marker.',
  CURRENCY: 'The amount is in another currency and cannot be compared.',
  ROUNDING: 'The rounding of lines or totals to cents.',
})
