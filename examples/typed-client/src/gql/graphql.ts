/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The billing system that a document comes from. */
export type BillingSource =
  /** Catalyst Cloud's rating API: what we pay for our cloud. */
  | 'CATALYST'
  /** 3scale's Billing API: what our API customers pay us. */
  | 'THREESCALE';

/** Whether an upstream is being asked: after repeated failures it is left in peace for some seconds. */
export type CircuitState =
  /** Asked as usual. */
  | 'CLOSED'
  /** One question is let through to see whether it is back. */
  | 'HALF_OPEN'
  /** Not asked. */
  | 'OPEN';

/** What a cost was read from. */
export type CostBasis =
  /** From the bills of a closed month. */
  | 'INVOICE'
  /** From the running month's quotation, which knows no discounts, credits or grants. */
  | 'QUOTATION';

/** Where an invoice stands; rawState has the own word. */
export type InvoiceState =
  /** Void or reversed; leave it out of sums. */
  | 'CANCELLED'
  /** Charging it was given up (3scale). */
  | 'FAILED'
  /** Closed and under review (3scale). */
  | 'FINALIZED'
  /** Being filled, or not yet due. */
  | 'OPEN'
  /** Paid. */
  | 'PAID'
  /** Issued, payment under way. */
  | 'PENDING'
  /** A state that the gateway does not know. */
  | 'UNKNOWN'
  /** Not paid, or not in full. */
  | 'UNPAID';

/** The side of the books that a document is on. */
export type Ledger =
  /** What we are billed. */
  | 'COST'
  /** What we bill. */
  | 'REVENUE';

/** What a careful reader of figures should know. */
export type NoticeCode =
  /** A bill of the time when Catalyst stated totals with GST only. */
  | 'LEGACY_TAX'
  /** The upstream has the bill but cannot list its lines. */
  | 'LINES_UNAVAILABLE'
  /** Several documents of one month are taken together. */
  | 'MERGED_DOCUMENTS'
  /** Some lines match the prefix only as the beginning of a longer word. */
  | 'PREFIX_OVERLAP'
  /** A region could not answer; the total is without it. */
  | 'REGION_MISSING'
  /** The upstream states no tax; it is computed. */
  | 'TAX_COMPUTED'
  /** The stated total differs from what its parts add up to. */
  | 'TOTAL_MISMATCH';

/** When a resource name belongs to a prefix. */
export type PrefixMatch =
  /** When the prefix also ends the name or is followed by one of - _ . / : so customer-1 never takes customer-10. */
  | 'SEGMENT'
  /** When it begins with the prefix, letter by letter: customer-1 takes customer-10 as well. */
  | 'STARTS_WITH';

/** Where tax and gross of an amount come from. */
export type TaxBasis =
  /** Computed by the gateway from a stated amount and the tax rate. */
  | 'COMPUTED'
  /** Stated by the upstream. */
  | 'STATED'
  /** Not known for all parts. */
  | 'UNKNOWN';

export type CustomerCostQueryVariables = Exact<{
  prefix: string;
  month?: string | null | undefined;
  match?: PrefixMatch;
}>;


export type CustomerCostQuery = { customerCost: { basis: CostBasis, period: { month: string }, total: { net: { amount: string, currencyCode: string } }, lineItems: { totalCount: number | null, nodes: Array<{ id: string, name: string, quantity: string | null, unit: string | null, rate: string | null, cost: { net: { amount: string } } }> } | null, notices: Array<{ code: NoticeCode, message: string }> } | null };

export type InvoicesQueryVariables = Exact<{
  from?: string | null | undefined;
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
    query Invoices($from: YearMonth, $first: Int = 10, $after: String) {
  invoices(first: $first, after: $after, filter: {from: $from}) {
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
    `, {"hash":"sha256:fb50c4661d7a3a7662c03e494809f0f0ef14517dab27ee8fde2b05720b34e72d"}) as unknown as TypedDocumentString<InvoicesQuery, InvoicesQueryVariables>;
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