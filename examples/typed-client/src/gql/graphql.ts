/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A billing system. */
export type BillingSource =
  /** Catalyst Cloud's rating API: what the company pays for its cloud. */
  | 'CATALYST'
  /** 3scale's Billing API: what API customers pay the company. */
  | 'THREESCALE';

/** State of a circuit breaker. It opens after repeated failures and blocks upstream calls for some seconds. */
export type CircuitState =
  /** Calls are allowed. */
  | 'CLOSED'
  /** One trial call is allowed. */
  | 'HALF_OPEN'
  /** Calls are blocked. */
  | 'OPEN';

/** Origin of a cost. */
export type CostBasis =
  /** The bills of a closed month. */
  | 'INVOICE'
  /** The running month's quotation, without discounts, credits or grants. */
  | 'QUOTATION';

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

/** Kind of warning about figures. */
export type NoticeCode =
  /** A bill from the time when Catalyst stated totals with GST only. */
  | 'LEGACY_TAX'
  /** The billing system has the bill but cannot list its line items. */
  | 'LINES_UNAVAILABLE'
  /** Several documents of one month are combined. */
  | 'MERGED_DOCUMENTS'
  /** No line item matches, so the amount is zero. The message has the nearest prefixes. */
  | 'NO_MATCH'
  /** A shared pool, or a part of it, is unallocated although its policy is to share it. */
  | 'POOL_UNALLOCATED'
  /** Some line items match the prefix only as the start of a longer word. */
  | 'PREFIX_OVERLAP'
  /** A region failed; the total does not include it. */
  | 'REGION_MISSING'
  /** The billing system states no tax; the gateway computes it. */
  | 'TAX_COMPUTED'
  /** The stated total differs from the sum of its parts. */
  | 'TOTAL_MISMATCH'
  /** A line item has an on-charge marker that belongs to no month of the customer. */
  | 'UNKNOWN_MARKER';

/** How resource names are matched to a prefix. */
export type PrefixMatch =
  /** The prefix is the whole name, or ends or is followed by one of - _ . / : so that customer-1 does not match customer-10. */
  | 'SEGMENT'
  /** The name starts with the prefix, case-sensitive: customer-1 also matches customer-10. */
  | 'STARTS_WITH';

/** Origin of the tax and gross of an amount. */
export type TaxBasis =
  /** Computed by the gateway from a stated amount and the tax rate. */
  | 'COMPUTED'
  /** Stated by the billing system. */
  | 'STATED'
  /** Unknown for at least one part. */
  | 'UNKNOWN';

export type CustomerCostQueryVariables = Exact<{
  prefix: string;
  month?: string | null | undefined;
  match?: PrefixMatch;
}>;


export type CustomerCostQuery = { customerCost: { basis: CostBasis, period: { month: string }, total: { net: { amount: string, currencyCode: string } }, lineItems: { totalCount: number | null, nodes: Array<{ id: string, name: string, quantity: string | null, unit: string | null, rate: string | null, cost: { net: { amount: string } } }> } | null, notices: Array<{ code: NoticeCode, message: string }> } | null };

export type InvoicesQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InvoicesQuery = { invoices: { totalCount: number | null, unavailable: Array<BillingSource>, nodes: Array<{ source: BillingSource, ledger: Ledger, state: InvoiceState, period: { month: string }, buyer: { name: string | null }, total: { taxBasis: TaxBasis, net: { amount: string, currencyCode: string }, gross: { amount: string } | null }, lineItems: { totalCount: number | null, nodes: Array<{ name: string, cost: { net: { amount: string } } }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type QuotationQueryVariables = Exact<{ [key: string]: never; }>;


export type QuotationQuery = { quotation: { asOf: string, missingRegions: Array<string>, total: { net: { amount: string, currencyCode: string } }, breakdown: Array<{ key: string, count: number, share: string, total: { net: { amount: string } } }> | null } | null };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { sources: Array<{ source: BillingSource, reachable: boolean, circuit: CircuitState, lastSuccessAt: string | null, message: string | null }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CustomerCostDocument = new TypedDocumentString(`
    query CustomerCost($prefix: String!, $month: YearMonth, $match: PrefixMatch! = STARTS_WITH) {
  customerCost(prefix: $prefix, month: $month, match: $match) {
    basis
    period {
      month
    }
    total {
      net {
        amount
        currencyCode
      }
    }
    lineItems {
      totalCount
      nodes {
        id
        name
        quantity
        unit
        rate
        cost {
          net {
            amount
          }
        }
      }
    }
    notices {
      code
      message
    }
  }
}
    `, {"hash":"sha256:37639447bd4bba1003aae8fc7792b3be62d3cb593d2f7cf88249745d5978ed1d"}) as unknown as TypedDocumentString<CustomerCostQuery, CustomerCostQueryVariables>;
export const InvoicesDocument = new TypedDocumentString(`
    query Invoices($from: YearMonth, $to: YearMonth, $first: Int = 10, $after: String) {
  invoices(first: $first, after: $after, filter: {from: $from, to: $to}) {
    totalCount
    unavailable
    nodes {
      source
      ledger
      state
      period {
        month
      }
      buyer {
        name
      }
      total {
        net {
          amount
          currencyCode
        }
        gross {
          amount
        }
        taxBasis
      }
      lineItems {
        totalCount
        nodes {
          name
          cost {
            net {
              amount
            }
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:fc01cb7108e921f706ca07ef0723d1ab3826c8d84629e0e41499ff66ea2c5246"}) as unknown as TypedDocumentString<InvoicesQuery, InvoicesQueryVariables>;
export const QuotationDocument = new TypedDocumentString(`
    query Quotation {
  quotation {
    asOf
    missingRegions
    total {
      net {
        amount
        currencyCode
      }
    }
    breakdown(by: PRODUCT) {
      key
      count
      share
      total {
        net {
          amount
        }
      }
    }
  }
}
    `, {"hash":"sha256:0a9812737386e2feb200d329cf2061a18c3bf0c7861b81784687627661d33a1d"}) as unknown as TypedDocumentString<QuotationQuery, QuotationQueryVariables>;
export const SourcesDocument = new TypedDocumentString(`
    query Sources {
  sources {
    source
    reachable
    circuit
    lastSuccessAt
    message
  }
}
    `, {"hash":"sha256:762e9b395708ae0f717a9a4cb00f2e391003f88e640f9f804f3c337396c12651"}) as unknown as TypedDocumentString<SourcesQuery, SourcesQueryVariables>;