/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Amounts from the least to the greatest, both included. */
export type AmountRange = {
  /** Greatest amount; without it, no bound. */
  max?: string | null | undefined;
  /** Least amount; without it, no bound. */
  min?: string | null | undefined;
};

/** A billing system. */
export type BillingSource =
  /** Catalyst Cloud's rating API: what the company pays for its cloud. */
  | 'CATALYST'
  /** 3scale's Billing API: what API customers pay the company. */
  | 'THREESCALE';

/** How a 3scale invoice was created. */
export type CreationType =
  /** Created by 3scale's billing job. */
  | 'BACKGROUND'
  /** Created by a person or through the API. */
  | 'MANUAL'
  /** A value that the gateway does not recognise. */
  | 'UNKNOWN';

/** Filter for invoices. Omitted fields match everything. 3scale filters by buyer, number, one state and one month itself; for the other fields its list is read, ten thousand invoices at most. */
export type InvoiceFilter = {
  /** Only invoices whose total with tax is within the range. Currencies are not converted. */
  amount?: AmountRange | null | undefined;
  /** Only invoices of this buyer. Without it, Catalyst invoices cover every configured project. */
  buyerId?: string | number | null | undefined;
  /** Only invoices whose buyer has this text in its name, in upper or lower case. */
  buyerName?: string | null | undefined;
  /** Only invoices created in one of these ways. Catalyst invoices do not match. */
  creationTypes?: Array<CreationType> | null | undefined;
  /** Only invoices in this currency. */
  currency?: string | null | undefined;
  /** Only invoices due within these days. Catalyst invoices do not match. */
  due?: LocalDateRange | null | undefined;
  /** First month. Without it, Catalyst invoices go back ten years, or two where the server computes bills from usage. */
  from?: string | null | undefined;
  /** Only invoices issued within these days. */
  issued?: LocalDateRange | null | undefined;
  /** Only costs, or only revenue. */
  ledger?: Ledger | null | undefined;
  /** Only invoices with this number, the friendly id of 3scale. An asterisk matches any characters: 2024-01-*. */
  number?: string | null | undefined;
  /** True: only invoices that are pending, unpaid or failed and were due before today (UTC). False: only others. */
  overdue?: boolean | null | undefined;
  /** Only invoices paid within these days, in UTC. Catalyst invoices do not match. */
  paid?: LocalDateRange | null | undefined;
  /** Only invoices from this billing system. */
  source?: BillingSource | null | undefined;
  /** Only invoices in one of these states. */
  states?: Array<InvoiceState> | null | undefined;
  /** Last month, inclusive. */
  to?: string | null | undefined;
};

/** State of an invoice. rawState has the name in the billing system. */
export type InvoiceState =
  /** Void or reversed. Exclude it from sums. */
  | 'CANCELLED'
  /** Payment failed and is not retried (3scale). */
  | 'FAILED'
  /** Closed and under review (3scale). */
  | 'FINALIZED'
  /** Being filled, or not due yet. */
  | 'OPEN'
  /** Paid. */
  | 'PAID'
  /** Issued; payment is in progress. */
  | 'PENDING'
  /** A state that the gateway does not recognise. */
  | 'UNKNOWN'
  /** Not paid, or not in full. */
  | 'UNPAID';

/** The side of the books of a document. */
export type Ledger =
  /** The company is billed. */
  | 'COST'
  /** The company bills its customers. */
  | 'REVENUE';

/** Days from the first to the last, both included. */
export type LocalDateRange = {
  /** First day; without it, no bound. */
  from?: string | null | undefined;
  /** Last day, inclusive; without it, no bound. */
  to?: string | null | undefined;
};

export type InvoiceListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: InvoiceFilter | null | undefined;
}>;


export type InvoiceListQuery = { invoices: { unavailable: Array<BillingSource>, edges: Array<{ node: { id: string, number: string | null, source: BillingSource, ledger: Ledger, state: InvoiceState, period: { month: string }, total: { gross: { amount: string, currencyCode: string } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type InvoiceNetQueryVariables = Exact<{
  id: string | number;
}>;


export type InvoiceNetQuery = { invoice: { id: string, total: { net: { amount: string, currencyCode: string } } } | null };

export type CostOfCustomerQueryVariables = Exact<{
  prefix: string;
  month?: string | null | undefined;
}>;


export type CostOfCustomerQuery = { customerCost: { total: { net: { amount: string, currencyCode: string } }, lineItems: { totalCount: number | null, nodes: Array<{ id: string, name: string, cost: { net: { amount: string } } }> } | null } | null };


export const InvoiceListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvoiceList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"InvoiceFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invoices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unavailable"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"ledger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"period"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"month"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gross"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<InvoiceListQuery, InvoiceListQueryVariables>;
export const InvoiceNetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvoiceNet"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invoice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}}]}}]} as unknown as DocumentNode<InvoiceNetQuery, InvoiceNetQueryVariables>;
export const CostOfCustomerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CostOfCustomer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"month"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"YearMonth"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customerCost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"prefix"},"value":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}}},{"kind":"Argument","name":{"kind":"Name","value":"month"},"value":{"kind":"Variable","name":{"kind":"Name","value":"month"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CostOfCustomerQuery, CostOfCustomerQueryVariables>;