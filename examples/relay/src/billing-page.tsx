import { graphql, useLazyLoadQuery } from 'react-relay'
import type { billingPageQuery } from './__generated__/billingPageQuery.graphql'
import { BuyerList } from './buyer-list'
import { CustomerCostLines } from './customer-cost-lines'
import { CustomerInvoices } from './customer-invoices'
import { CustomerList } from './customer-list'
import { CustomerTotal } from './customer-total'
import { InvoiceList } from './invoice-list'
import { QuotationLines } from './quotation-lines'

interface Props {
  /** Prefix of the names of a customer's resources. */
  readonly prefix: string
  /** YYYY-MM; the newest closed month with a bill by default. */
  readonly month?: string
}

/** Costs and bills in one request. */
export function BillingPage({ prefix, month }: Props) {
  const data = useLazyLoadQuery<billingPageQuery>(
    graphql`
      query billingPageQuery($prefix: String!, $month: YearMonth) {
        customer(prefix: $prefix) {
          ...customerTotal_customer @arguments(month: $month)
          ...customerInvoices_customer @arguments(first: 20)
        }
        ...customerCostLines_query @arguments(prefix: $prefix, month: $month, first: 100)
        ...invoiceList_query @arguments(first: 20)
        ...buyerList_query @arguments(first: 20)
        ...customerList_query @arguments(first: 20)
        ...quotationLines_query @arguments(first: 100)
      }
    `,
    { prefix, month: month ?? null },
  )
  return (
    <main>
      {data.customer && <CustomerTotal customer={data.customer} />}
      {data.customer && <CustomerInvoices customer={data.customer} />}
      <CustomerCostLines query={data} />
      <InvoiceList query={data} />
      <BuyerList query={data} />
      <CustomerList query={data} />
      <QuotationLines query={data} />
    </main>
  )
}
