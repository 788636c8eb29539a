import { registerEnumType } from 'type-graphql'
import type { CostDimension as Dimension } from '../../domain/breakdown.js'
import type { CostBasis as BasisOfCost } from '../../domain/customer-cost.js'
import type { CreationType as Creation, InvoiceState as State } from '../../domain/invoice.js'
import type { InvoiceOrder as OrderOfInvoices } from '../../domain/invoice-order.js'
import type { LineItemType as LineType, LineItemOrder as OrderOfLines } from '../../domain/line-item.js'
import type { NoticeCode as Caution } from '../../domain/notice.js'
import type { PrefixMatch as Match } from '../../domain/prefix-match.js'
import type { Ledger as Side, BillingSource as Source } from '../../domain/source.js'
import type { TaxBasis as BasisOfTax } from '../../domain/taxed-money.js'
import type { UpstreamHealth } from '../../upstream/http/upstream-http.js'

/** Values that equal their names, with what each means; the compiler sees to it that none of the domain's is missing. */
function publish<T extends string>(name: string, description: string, values: Readonly<Record<T, string>>) {
  const members = Object.fromEntries(Object.keys(values).map(value => [value, value])) as { readonly [V in T]: V }
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
  ) as { [V in T]: { description: string } }
  registerEnumType(members, { name, description, valuesConfig })
  return members
}

export const BillingSource = publish<Source>('BillingSource', 'The billing system that a document comes from.', {
  CATALYST: "Catalyst Cloud's rating API: what we pay for our cloud.",
  THREESCALE: "3scale's Billing API: what our API customers pay us.",
})

export const Ledger = publish<Side>('Ledger', 'The side of the books that a document is on.', {
  COST: 'What we are billed.',
  REVENUE: 'What we bill.',
})

export const TaxBasis = publish<BasisOfTax>('TaxBasis', 'Where tax and gross of an amount come from.', {
  STATED: 'Stated by the upstream.',
  COMPUTED: 'Computed by the gateway from a stated amount and the tax rate.',
  UNKNOWN: 'Not known for all parts.',
})

export const InvoiceState = publish<State>('InvoiceState', 'Where an invoice stands; rawState has the own word.', {
  OPEN: 'Being filled, or not yet due.',
  FINALIZED: 'Closed and under review (3scale).',
  PENDING: 'Issued, payment under way.',
  UNPAID: 'Not paid, or not in full.',
  PAID: 'Paid.',
  FAILED: 'Charging it was given up (3scale).',
  CANCELLED: 'Void or reversed; leave it out of sums.',
  UNKNOWN: 'A state that the gateway does not know.',
})

export const CreationType = publish<Creation>('CreationType', 'How a 3scale invoice came about.', {
  MANUAL: 'Made by a person or through the API.',
  BACKGROUND: "Made by 3scale's billing job.",
  UNKNOWN: 'A way that the gateway does not know.',
})

export const LineItemType = publish<LineType>('LineItemType', 'What kind of charge a line is.', {
  PLAN_COST: 'A plan: fixed fee, setup fee, refund on a change (3scale).',
  VARIABLE_COST: 'Metered usage (3scale).',
  MANUAL: 'Entered without a type (3scale).',
  RESOURCE_USAGE: 'Use of a cloud resource (Catalyst).',
  DISCOUNT: 'A discount (Catalyst).',
  CREDIT: 'A credit (Catalyst).',
  SUPPORT: 'A support plan (Catalyst).',
  UNKNOWN: 'A kind that the gateway does not know; rawType has the own word.',
})

export const LineItemOrder = publish<OrderOfLines>('LineItemOrder', 'The order of line items.', {
  AS_BILLED: 'As the upstream lists them.',
  COST_DESC: 'Dearest first, by cost without tax.',
  NAME_ASC: 'By name, upper case before lower.',
})

export const InvoiceOrder = publish<OrderOfInvoices>('InvoiceOrder', 'The order of invoices.', {
  PERIOD_DESC: 'Newest month first; within a month Catalyst before 3scale, and the newest first.',
  PERIOD_ASC: 'Exactly the other way round.',
})

export const NoticeCode = publish<Caution>('NoticeCode', 'What a careful reader of figures should know.', {
  TOTAL_MISMATCH: 'The stated total differs from what its parts add up to.',
  LINES_UNAVAILABLE: 'The upstream has the bill but cannot list its lines.',
  LEGACY_TAX: 'A bill of the time when Catalyst stated totals with GST only.',
  TAX_COMPUTED: 'The upstream states no tax; it is computed.',
  MERGED_DOCUMENTS: 'Several documents of one month are taken together.',
  REGION_MISSING: 'A region could not answer; the total is without it.',
  PREFIX_OVERLAP: 'Some lines match the prefix only as the beginning of a longer word.',
})

export const PrefixMatch = publish<Match>('PrefixMatch', 'When a resource name belongs to a prefix.', {
  STARTS_WITH: 'When it begins with the prefix, letter by letter: customer-1 takes customer-10 as well.',
  SEGMENT:
    'When the prefix also ends the name or is followed by one of - _ . / : so customer-1 never takes customer-10.',
})

export const CostBasis = publish<BasisOfCost>('CostBasis', 'What a cost was read from.', {
  INVOICE: 'From the bills of a closed month.',
  QUOTATION: "From the running month's quotation, which knows no discounts, credits or grants.",
})

export const CostDimension = publish<Dimension>('CostDimension', 'What costs are grouped by.', {
  CATEGORY: 'Catalyst category, such as Compute.',
  PRODUCT: 'Catalyst product without its region, such as c1.c2r4.',
  REGION: 'Catalyst region.',
  RESOURCE: "Name of the resource; for 3scale the line's name.",
  TYPE: 'Type of the line item.',
})

export const CircuitState = publish<UpstreamHealth['circuit']>(
  'CircuitState',
  'Whether an upstream is being asked: after repeated failures it is left in peace for some seconds.',
  {
    CLOSED: 'Asked as usual.',
    HALF_OPEN: 'One question is let through to see whether it is back.',
    OPEN: 'Not asked.',
  },
)
