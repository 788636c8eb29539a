/* eslint-disable */
import * as types from './graphql.js';



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
    "\n  query CustomerCost($prefix: String!, $month: YearMonth, $match: PrefixMatch! = STARTS_WITH) {\n    customerCost(prefix: $prefix, month: $month, match: $match) {\n      basis\n      period {\n        month\n      }\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          quantity\n          unit\n          rate\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      notices {\n        code\n        message\n      }\n    }\n  }\n": typeof types.CustomerCostDocument,
    "\n  query Invoices($from: YearMonth, $to: YearMonth, $first: Int = 10, $after: String) {\n    invoices(first: $first, after: $after, filter: { from: $from, to: $to }) {\n      totalCount\n      unavailable\n      nodes {\n        source\n        ledger\n        state\n        period {\n          month\n        }\n        buyer {\n          name\n        }\n        total {\n          net {\n            amount\n            currencyCode\n          }\n          gross {\n            amount\n          }\n          taxBasis\n        }\n        lineItems {\n          totalCount\n          nodes {\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.InvoicesDocument,
    "\n  query Quotation {\n    quotation {\n      asOf\n      missingRegions\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      breakdown(by: PRODUCT) {\n        key\n        count\n        share\n        total {\n          net {\n            amount\n          }\n        }\n      }\n    }\n  }\n": typeof types.QuotationDocument,
    "\n  query Sources {\n    sources {\n      source\n      reachable\n      circuit\n      lastSuccessAt\n      message\n    }\n  }\n": typeof types.SourcesDocument,
};
const documents: Documents = {
    "\n  query CustomerCost($prefix: String!, $month: YearMonth, $match: PrefixMatch! = STARTS_WITH) {\n    customerCost(prefix: $prefix, month: $month, match: $match) {\n      basis\n      period {\n        month\n      }\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          quantity\n          unit\n          rate\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      notices {\n        code\n        message\n      }\n    }\n  }\n": types.CustomerCostDocument,
    "\n  query Invoices($from: YearMonth, $to: YearMonth, $first: Int = 10, $after: String) {\n    invoices(first: $first, after: $after, filter: { from: $from, to: $to }) {\n      totalCount\n      unavailable\n      nodes {\n        source\n        ledger\n        state\n        period {\n          month\n        }\n        buyer {\n          name\n        }\n        total {\n          net {\n            amount\n            currencyCode\n          }\n          gross {\n            amount\n          }\n          taxBasis\n        }\n        lineItems {\n          totalCount\n          nodes {\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.InvoicesDocument,
    "\n  query Quotation {\n    quotation {\n      asOf\n      missingRegions\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      breakdown(by: PRODUCT) {\n        key\n        count\n        share\n        total {\n          net {\n            amount\n          }\n        }\n      }\n    }\n  }\n": types.QuotationDocument,
    "\n  query Sources {\n    sources {\n      source\n      reachable\n      circuit\n      lastSuccessAt\n      message\n    }\n  }\n": types.SourcesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CustomerCost($prefix: String!, $month: YearMonth, $match: PrefixMatch! = STARTS_WITH) {\n    customerCost(prefix: $prefix, month: $month, match: $match) {\n      basis\n      period {\n        month\n      }\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      lineItems {\n        totalCount\n        nodes {\n          id\n          name\n          quantity\n          unit\n          rate\n          cost {\n            net {\n              amount\n            }\n          }\n        }\n      }\n      notices {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.js').CustomerCostDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Invoices($from: YearMonth, $to: YearMonth, $first: Int = 10, $after: String) {\n    invoices(first: $first, after: $after, filter: { from: $from, to: $to }) {\n      totalCount\n      unavailable\n      nodes {\n        source\n        ledger\n        state\n        period {\n          month\n        }\n        buyer {\n          name\n        }\n        total {\n          net {\n            amount\n            currencyCode\n          }\n          gross {\n            amount\n          }\n          taxBasis\n        }\n        lineItems {\n          totalCount\n          nodes {\n            name\n            cost {\n              net {\n                amount\n              }\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').InvoicesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Quotation {\n    quotation {\n      asOf\n      missingRegions\n      total {\n        net {\n          amount\n          currencyCode\n        }\n      }\n      breakdown(by: PRODUCT) {\n        key\n        count\n        share\n        total {\n          net {\n            amount\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').QuotationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sources {\n    sources {\n      source\n      reachable\n      circuit\n      lastSuccessAt\n      message\n    }\n  }\n"): typeof import('./graphql.js').SourcesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
