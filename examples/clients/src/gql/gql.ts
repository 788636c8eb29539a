/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query InvoiceLines($id: ID!) {\n    invoice(id: $id) {\n      id\n      lineItems {\n        edges {\n          cursor\n          node {\n            id\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n        pageInfo {\n          startCursor\n          endCursor\n          hasNextPage\n          hasPreviousPage\n        }\n      }\n    }\n  }\n": typeof types.InvoiceLinesDocument,
    "\n  mutation AddLineItem($input: AddLineItemInput!) {\n    addLineItem(input: $input) {\n      lineItemEdge {\n        cursor\n        node {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      userErrors {\n        code\n        field\n        message\n      }\n    }\n  }\n": typeof types.AddLineItemDocument,
    "\n  query InvoiceList($first: Int!, $after: String, $filter: InvoiceFilter) {\n    invoices(first: $first, after: $after, filter: $filter) {\n      unavailable\n      edges {\n        node {\n          id\n          number\n          source\n          ledger\n          state\n          period {\n            month\n          }\n          total {\n            gross {\n              amount\n              currencyCode\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.InvoiceListDocument,
    "\n  query InvoiceNet($id: ID!) {\n    invoice(id: $id) {\n      id\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n    }\n  }\n": typeof types.InvoiceNetDocument,
    "\n  query CostOfCustomer($prefix: String!, $month: YearMonth) {\n    customerCost(prefix: $prefix, month: $month) {\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.CostOfCustomerDocument,
};
const documents: Documents = {
    "\n  query InvoiceLines($id: ID!) {\n    invoice(id: $id) {\n      id\n      lineItems {\n        edges {\n          cursor\n          node {\n            id\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n        pageInfo {\n          startCursor\n          endCursor\n          hasNextPage\n          hasPreviousPage\n        }\n      }\n    }\n  }\n": types.InvoiceLinesDocument,
    "\n  mutation AddLineItem($input: AddLineItemInput!) {\n    addLineItem(input: $input) {\n      lineItemEdge {\n        cursor\n        node {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      userErrors {\n        code\n        field\n        message\n      }\n    }\n  }\n": types.AddLineItemDocument,
    "\n  query InvoiceList($first: Int!, $after: String, $filter: InvoiceFilter) {\n    invoices(first: $first, after: $after, filter: $filter) {\n      unavailable\n      edges {\n        node {\n          id\n          number\n          source\n          ledger\n          state\n          period {\n            month\n          }\n          total {\n            gross {\n              amount\n              currencyCode\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.InvoiceListDocument,
    "\n  query InvoiceNet($id: ID!) {\n    invoice(id: $id) {\n      id\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n    }\n  }\n": types.InvoiceNetDocument,
    "\n  query CostOfCustomer($prefix: String!, $month: YearMonth) {\n    customerCost(prefix: $prefix, month: $month) {\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n    }\n  }\n": types.CostOfCustomerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InvoiceLines($id: ID!) {\n    invoice(id: $id) {\n      id\n      lineItems {\n        edges {\n          cursor\n          node {\n            id\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n        pageInfo {\n          startCursor\n          endCursor\n          hasNextPage\n          hasPreviousPage\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query InvoiceLines($id: ID!) {\n    invoice(id: $id) {\n      id\n      lineItems {\n        edges {\n          cursor\n          node {\n            id\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n        pageInfo {\n          startCursor\n          endCursor\n          hasNextPage\n          hasPreviousPage\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddLineItem($input: AddLineItemInput!) {\n    addLineItem(input: $input) {\n      lineItemEdge {\n        cursor\n        node {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      userErrors {\n        code\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddLineItem($input: AddLineItemInput!) {\n    addLineItem(input: $input) {\n      lineItemEdge {\n        cursor\n        node {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      userErrors {\n        code\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InvoiceList($first: Int!, $after: String, $filter: InvoiceFilter) {\n    invoices(first: $first, after: $after, filter: $filter) {\n      unavailable\n      edges {\n        node {\n          id\n          number\n          source\n          ledger\n          state\n          period {\n            month\n          }\n          total {\n            gross {\n              amount\n              currencyCode\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query InvoiceList($first: Int!, $after: String, $filter: InvoiceFilter) {\n    invoices(first: $first, after: $after, filter: $filter) {\n      unavailable\n      edges {\n        node {\n          id\n          number\n          source\n          ledger\n          state\n          period {\n            month\n          }\n          total {\n            gross {\n              amount\n              currencyCode\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InvoiceNet($id: ID!) {\n    invoice(id: $id) {\n      id\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query InvoiceNet($id: ID!) {\n    invoice(id: $id) {\n      id\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CostOfCustomer($prefix: String!, $month: YearMonth) {\n    customerCost(prefix: $prefix, month: $month) {\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query CostOfCustomer($prefix: String!, $month: YearMonth) {\n    customerCost(prefix: $prefix, month: $month) {\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;