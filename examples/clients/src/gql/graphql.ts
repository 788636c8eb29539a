/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A new line item. */
export type AddLineItemInput = {
  /** True allows a second line item with the same content within 24 hours. */
  allowSimilar?: boolean;
  /** One of the buyer's contracts, such as threescale:contract:501. */
  contractId?: string | number | null | undefined;
  /** Cost of the whole line item without tax, with up to four decimal places. Negative for a credit. */
  cost: string;
  /** Description, up to 231 characters. A marker by which the line item is found again is added to it. */
  description?: string | null | undefined;
  /** Key of the write, 16 to 64 letters, digits, underscores or hyphens, unique per caller and mutation. The same key and input return the first result, for ever. */
  idempotencyKey: string;
  /** A 3scale invoice id, such as threescale:invoice:1201. */
  invoiceId: string | number;
  /** A metric id, such as threescale:metric:801. */
  metricId?: string | number | null | undefined;
  /** Name, up to 255 characters. */
  name: string;
  /** Number of units. It does not multiply the cost. */
  quantity?: number | null | undefined;
  /** PLAN_COST, VARIABLE_COST or MANUAL, the default. */
  type?: LineItemType | null | undefined;
};

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

/** Kind of charge. */
export type LineItemType =
  /** A credit (Catalyst). */
  | 'CREDIT'
  /** A discount (Catalyst). */
  | 'DISCOUNT'
  /** Added without a type (3scale). */
  | 'MANUAL'
  /** Plan: fixed fee, setup fee or refund on a plan change (3scale). */
  | 'PLAN_COST'
  /** Usage of a cloud resource (Catalyst). */
  | 'RESOURCE_USAGE'
  /** A support plan (Catalyst). */
  | 'SUPPORT'
  /** A type that the gateway does not recognise; see rawType. */
  | 'UNKNOWN'
  /** Metered usage (3scale). */
  | 'VARIABLE_COST';

/** Days from the first to the last, both included. */
export type LocalDateRange = {
  /** First day; without it, no bound. */
  from?: string | null | undefined;
  /** Last day, inclusive; without it, no bound. */
  to?: string | null | undefined;
};

/** Why a write was not made, or what is known of it. */
export type UserErrorCode =
  /** An argument is invalid. */
  | 'BAD_USER_INPUT'
  /** The payment was declined, or could not be attempted. */
  | 'CHARGE_FAILED'
  /** The record does not allow the write in its present state. */
  | 'CONFLICT'
  /** The currencies differ and there is no exchange rate, or there is one for equal currencies. */
  | 'CURRENCY_MISMATCH'
  /** The idempotency key was used for another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The invoice cannot change to that state. */
  | 'ILLEGAL_TRANSITION'
  /** The outcome cannot be read from 3scale. A person has to decide; see incidents. */
  | 'INCIDENT'
  /** The invoice is issued: its line items are fixed. */
  | 'INVOICE_NOT_EDITABLE'
  /** 3scale gave no clear response. The write settles by itself; see writeIntent. */
  | 'IN_DOUBT'
  /** Another request is writing to the same record. Retry with the same key. */
  | 'IN_PROGRESS'
  /** The invoice is not ready to be issued. The message says what is missing. */
  | 'ISSUE_BLOCKED'
  /** A record does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The registry has no such customer. */
  | 'NOT_REGISTERED'
  /** The plan is no longer the one that was approved. Make a new dry run. */
  | 'PLAN_CHANGED'
  /** The hash of the plan of a dry run is required. */
  | 'PLAN_REQUIRED'
  /** The same was written under another key within 24 hours. */
  | 'SIMILAR_WRITE'
  /** 3scale refused the write. The message has its reason. */
  | 'UPSTREAM_REJECTED'
  /** Writes are not configured. */
  | 'WRITES_DISABLED';

export type InvoiceLinesQueryVariables = Exact<{
  id: string | number;
}>;


export type InvoiceLinesQuery = { invoice: { id: string, lineItems: { edges: Array<{ cursor: string, node: { id: string, name: string, cost: { net: { amount: string } } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } | null } | null };

export type AddLineItemMutationVariables = Exact<{
  input: AddLineItemInput;
}>;


export type AddLineItemMutation = { addLineItem: { lineItemEdge: { cursor: string, node: { id: string, name: string, cost: { net: { amount: string } } } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

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


export const InvoiceLinesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvoiceLines"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invoice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<InvoiceLinesQuery, InvoiceLinesQueryVariables>;
export const AddLineItemDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddLineItem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddLineItemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addLineItem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineItemEdge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AddLineItemMutation, AddLineItemMutationVariables>;
export const InvoiceListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvoiceList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"InvoiceFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invoices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unavailable"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"ledger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"period"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"month"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gross"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<InvoiceListQuery, InvoiceListQueryVariables>;
export const InvoiceNetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvoiceNet"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invoice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}}]}}]} as unknown as DocumentNode<InvoiceNetQuery, InvoiceNetQueryVariables>;
export const CostOfCustomerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CostOfCustomer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"month"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"YearMonth"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customerCost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"prefix"},"value":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}}},{"kind":"Argument","name":{"kind":"Name","value":"month"},"value":{"kind":"Variable","name":{"kind":"Name","value":"month"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"net"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CostOfCustomerQuery, CostOfCustomerQueryVariables>;