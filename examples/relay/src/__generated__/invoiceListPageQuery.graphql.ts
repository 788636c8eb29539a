/**
 * @generated SignedSource<<99280fdc2cedeb3e3bc7695bbe0deafc>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type BillingSource = "CATALYST" | "THREESCALE" | "%future added value";
export type CreationType = "BACKGROUND" | "MANUAL" | "UNKNOWN" | "%future added value";
export type InvoiceState = "CANCELLED" | "FAILED" | "FINALIZED" | "OPEN" | "PAID" | "PENDING" | "UNKNOWN" | "UNPAID" | "%future added value";
export type Ledger = "COST" | "REVENUE" | "%future added value";
export type InvoiceFilter = {
  amount?: AmountRange | null | undefined;
  buyerId?: string | null | undefined;
  buyerName?: string | null | undefined;
  creationTypes?: ReadonlyArray<CreationType> | null | undefined;
  currency?: string | null | undefined;
  due?: LocalDateRange | null | undefined;
  from?: string | null | undefined;
  issued?: LocalDateRange | null | undefined;
  ledger?: Ledger | null | undefined;
  number?: string | null | undefined;
  overdue?: boolean | null | undefined;
  paid?: LocalDateRange | null | undefined;
  source?: BillingSource | null | undefined;
  states?: ReadonlyArray<InvoiceState> | null | undefined;
  to?: string | null | undefined;
};
export type AmountRange = {
  max?: string | null | undefined;
  min?: string | null | undefined;
};
export type LocalDateRange = {
  from?: string | null | undefined;
  to?: string | null | undefined;
};
export type invoiceListPageQuery$variables = {
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: InvoiceFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
};
export type invoiceListPageQuery$data = {
  readonly " $fragmentSpreads": FragmentRefs<"invoiceList_query">;
};
export type invoiceListPageQuery = {
  response: invoiceListPageQuery$data;
  variables: invoiceListPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "after"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "before"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "filter"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "first"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "last"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "after",
    "variableName": "after"
  },
  {
    "kind": "Variable",
    "name": "before",
    "variableName": "before"
  },
  {
    "kind": "Variable",
    "name": "filter",
    "variableName": "filter"
  },
  {
    "kind": "Variable",
    "name": "first",
    "variableName": "first"
  },
  {
    "kind": "Variable",
    "name": "last",
    "variableName": "last"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "nativeId",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "invoiceListPageQuery",
    "selections": [
      {
        "args": (v1/*:: as any*/),
        "kind": "FragmentSpread",
        "name": "invoiceList_query"
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "invoiceListPageQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "InvoiceConnection",
        "kind": "LinkedField",
        "name": "invoices",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "totalCount",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "unavailable",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "InvoiceEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Invoice",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v2/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "number",
                    "storageKey": null
                  },
                  (v3/*:: as any*/),
                  (v4/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Period",
                    "kind": "LinkedField",
                    "name": "period",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "month",
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Provider",
                    "kind": "LinkedField",
                    "name": "provider",
                    "plural": false,
                    "selections": [
                      (v5/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "source",
                        "storageKey": null
                      },
                      (v2/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Buyer",
                    "kind": "LinkedField",
                    "name": "buyer",
                    "plural": false,
                    "selections": [
                      (v5/*:: as any*/),
                      (v3/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "deleted",
                        "storageKey": null
                      },
                      (v4/*:: as any*/),
                      (v2/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "TaxedMoney",
                    "kind": "LinkedField",
                    "name": "total",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Money",
                        "kind": "LinkedField",
                        "name": "net",
                        "plural": false,
                        "selections": [
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "amount",
                            "storageKey": null
                          },
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "currencyCode",
                            "storageKey": null
                          }
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "__typename",
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "cursor",
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "PageInfo",
            "kind": "LinkedField",
            "name": "pageInfo",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "endCursor",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "hasNextPage",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "hasPreviousPage",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "startCursor",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "filters": [
          "filter"
        ],
        "handle": "connection",
        "key": "invoiceList_invoices",
        "kind": "LinkedHandle",
        "name": "invoices"
      }
    ]
  },
  "params": {
    "cacheID": "b60df97e4dc5b92e868cef9c1f4134a8",
    "id": null,
    "metadata": {},
    "name": "invoiceListPageQuery",
    "operationKind": "query",
    "text": "query invoiceListPageQuery(\n  $after: String\n  $before: String\n  $filter: InvoiceFilter\n  $first: Int\n  $last: Int\n) {\n  ...invoiceList_query_4zM71\n}\n\nfragment buyerName_buyer on Buyer {\n  name\n  nativeId\n  deleted\n  state\n  id\n}\n\nfragment invoiceList_query_4zM71 on Query {\n  invoices(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n    totalCount\n    unavailable\n    edges {\n      node {\n        id\n        ...invoiceRow_invoice\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n      hasPreviousPage\n      startCursor\n    }\n  }\n}\n\nfragment invoiceRow_invoice on Invoice {\n  number\n  nativeId\n  state\n  period {\n    month\n  }\n  provider {\n    ...providerName_provider\n    id\n  }\n  buyer {\n    ...buyerName_buyer\n    id\n  }\n  total {\n    net {\n      ...moneyAmount_money\n    }\n  }\n  id\n}\n\nfragment moneyAmount_money on Money {\n  amount\n  currencyCode\n}\n\nfragment providerName_provider on Provider {\n  name\n  source\n  id\n}\n"
  }
};
})();

(node as any).hash = "6ccdbbf09388bc97c3e7fca801ff45e6";

export default node;
