/** What a figure means, in a sentence or two. `docs/finance.md` lists all of them. */
interface Definition {
  readonly title: string
  readonly text: string
}

/** The figures of the dashboard. */
export const DEFINITIONS = {
  cost: {
    title: 'Cost',
    text: 'Sum of the Catalyst Cloud bills of the month as stated, without tax. The running month has no bill yet; what it costs so far is its quotation.',
  },
  revenue: {
    title: 'Revenue',
    text: 'Sum of all 3scale invoices of the month as stated, without tax and without cancelled ones, paid or not.',
  },
  surplus: {
    title: 'Revenue less cost',
    text: 'Revenue minus cost of the month, both without tax and in one currency. The dashboard subtracts the two figures exactly.',
  },
  quotation: {
    title: 'Running month so far',
    text: "The running month's quotation: usage so far at list price, without tax, discounts, credits or grants.",
  },
  forecast: {
    title: 'Forecast',
    text: "The quotation expected at the end of the month, by the month's run rate and the last three closed months.",
  },
  customerCost: {
    title: 'Cost of a customer',
    text: "Sum of the customer's own line items, without tax. Shared cost is not part of it.",
  },
  customerRevenue: {
    title: 'Revenue of a customer',
    text: "What the invoices of the customer's buyers bill for the month, without tax and without cancelled ones. A line that on-charges a cost counts for the month of that cost, whichever invoice it is on.",
  },
  margin: {
    title: 'Margin',
    text: 'Revenue of the customer minus its cost, without tax. Shown only if both are complete.',
  },
  unclaimedCost: {
    title: 'Not claimed by a customer',
    text: 'Cost of the month minus the cost of all registered customers: shared resources, and those that nobody claims. The dashboard subtracts exactly.',
  },
  otherRevenue: {
    title: 'Other revenue',
    text: "Revenue of the month minus that of all registered customers: other buyers, and lines by which the month's invoices bill another month. Negative where a later invoice bills this month. The dashboard subtracts exactly.",
  },
  net: { title: 'Without tax', text: 'The amount without tax, as the billing system states it.' },
  tax: {
    title: 'Tax',
    text: 'The tax as the billing system states it. Where it states none, the gateway computes it from the tax rate and says so.',
  },
  gross: {
    title: 'With tax',
    text: 'The amount with tax, as the billing system states it, or computed and marked so.',
  },
  pageSum: {
    title: 'Sum of the rows shown',
    text: 'The exact sum of the rows on this page, without cancelled invoices. The dashboard adds the figures of one currency.',
  },
  listTotal: {
    title: 'Total of all pages',
    text: 'Sum of all invoices that match the filter, on all pages, without cancelled ones.',
  },
  lineCost: { title: 'Cost of a line', text: 'The line item without tax, as the billing system states it.' },
  linesShown: { title: 'Sum of the lines shown', text: 'The exact sum of the lines on this page, without tax.' },
  linesTotal: { title: 'Total of all lines', text: 'Sum of all line items, on all pages, without tax.' },
  payment: { title: 'Payment', text: 'Amount of an attempt to charge the invoice, with tax.' },
  category: {
    title: 'Cost of a category',
    text: 'Sum of the line items of one category, without tax.',
  },
  monthAmount: {
    title: 'Amount of a month',
    text: 'The amount of one month, without tax. A month whose amount is not known has none, never a zero.',
  },
  bill: { title: 'Bill', text: 'All documents of the project and month as stated, credit notes included.' },
  direct: { title: 'Own lines', text: "Cost of the customer's own line items, without tax." },
  shared: { title: 'Shared cost', text: "The customer's part of all shared pools, without tax." },
  allocated: {
    title: 'Allocated',
    text: "The customer's whole part of the bill: its own lines and its part of shared cost.",
  },
  unallocated: {
    title: 'Unallocated',
    text: "The part of no customer: lines that neither a customer nor a pool matches, and pools that are the company's own cost.",
  },
  pool: {
    title: 'Shared pool',
    text: 'Cost of the line items of a pool, which is divided by its policy, without tax.',
  },
  gap: { title: 'Gap', text: 'The amount that keeps this step of the close from being done, without tax.' },
  onCharged: {
    title: 'On-charged',
    text: 'Invoice lines that bill a customer for its cost, recognised by their marker.',
  },
  billed: { title: 'Billed', text: "All invoices of the customer's buyers that are not cancelled, without tax." },
  paid: { title: 'Paid', text: 'The invoices that are paid, without tax.' },
  difference: {
    title: 'Difference',
    text: 'What is added to the figure before it, so that it is negative for what is missing. Cost and all differences sum to what was paid.',
  },
  planStep: {
    title: 'Line of a plan',
    text: 'Cost of the line item after the step, without tax; before it, if the step removes the line.',
  },
  planTotal: {
    title: 'Total of a plan',
    text: "Sum of all the month's on-charged line items after the steps, without tax.",
  },
} as const satisfies Readonly<Record<string, Definition>>

/** The name of a definition. */
export type Meaning = keyof typeof DEFINITIONS
