/**
 * @generated SignedSource<<b92859a64d0e28bbe34cbe885119276c>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type billingPageQuery$variables = {
  month?: string | null | undefined;
  prefix: string;
};
export type billingPageQuery$data = {
  readonly customer: {
    readonly " $fragmentSpreads": FragmentRefs<"customerInvoices_customer" | "customerTotal_customer">;
  } | null | undefined;
  readonly " $fragmentSpreads": FragmentRefs<"buyerList_query" | "customerCostLines_query" | "customerList_query" | "invoiceList_query" | "quotationLines_query">;
};
export type billingPageQuery = {
  response: billingPageQuery$data;
  variables: billingPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "month"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "prefix"
},
v2 = {
  "kind": "Variable",
  "name": "prefix",
  "variableName": "prefix"
},
v3 = [
  (v2/*:: as any*/)
],
v4 = {
  "kind": "Variable",
  "name": "month",
  "variableName": "month"
},
v5 = [
  (v4/*:: as any*/)
],
v6 = [
  {
    "kind": "Literal",
    "name": "first",
    "value": 20
  }
],
v7 = {
  "kind": "Literal",
  "name": "first",
  "value": 100
},
v8 = [
  (v7/*:: as any*/)
],
v9 = {
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
v10 = [
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
v11 = {
  "alias": null,
  "args": null,
  "concreteType": "TaxedMoney",
  "kind": "LinkedField",
  "name": "total",
  "plural": false,
  "selections": (v10/*:: as any*/),
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "totalCount",
  "storageKey": null
},
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "nativeId",
  "storageKey": null
},
v15 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v16 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v17 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "deleted",
  "storageKey": null
},
v18 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v19 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cursor",
  "storageKey": null
},
v20 = {
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
        (v12/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "number",
          "storageKey": null
        },
        (v14/*:: as any*/),
        (v15/*:: as any*/),
        (v9/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "concreteType": "Provider",
          "kind": "LinkedField",
          "name": "provider",
          "plural": false,
          "selections": [
            (v16/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "source",
              "storageKey": null
            },
            (v12/*:: as any*/)
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
            (v16/*:: as any*/),
            (v14/*:: as any*/),
            (v17/*:: as any*/),
            (v15/*:: as any*/),
            (v12/*:: as any*/)
          ],
          "storageKey": null
        },
        (v11/*:: as any*/),
        (v18/*:: as any*/)
      ],
      "storageKey": null
    },
    (v19/*:: as any*/)
  ],
  "storageKey": null
},
v21 = {
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
},
v22 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "unit",
  "storageKey": null
},
v23 = {
  "alias": null,
  "args": (v8/*:: as any*/),
  "concreteType": "LineItemConnection",
  "kind": "LinkedField",
  "name": "lineItems",
  "plural": false,
  "selections": [
    (v13/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "LineItemEdge",
      "kind": "LinkedField",
      "name": "edges",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "LineItem",
          "kind": "LinkedField",
          "name": "node",
          "plural": false,
          "selections": [
            (v12/*:: as any*/),
            (v16/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "quantity",
              "storageKey": null
            },
            (v22/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "concreteType": "TaxedMoney",
              "kind": "LinkedField",
              "name": "cost",
              "plural": false,
              "selections": (v10/*:: as any*/),
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "concreteType": "Contract",
              "kind": "LinkedField",
              "name": "contract",
              "plural": false,
              "selections": [
                (v16/*:: as any*/),
                (v14/*:: as any*/),
                (v15/*:: as any*/),
                (v12/*:: as any*/)
              ],
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "concreteType": "Metric",
              "kind": "LinkedField",
              "name": "metric",
              "plural": false,
              "selections": [
                (v16/*:: as any*/),
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "systemName",
                  "storageKey": null
                },
                (v22/*:: as any*/),
                (v12/*:: as any*/)
              ],
              "storageKey": null
            },
            (v18/*:: as any*/)
          ],
          "storageKey": null
        },
        (v19/*:: as any*/)
      ],
      "storageKey": null
    },
    (v21/*:: as any*/)
  ],
  "storageKey": "lineItems(first:100)"
},
v24 = [
  "filter"
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "billingPageQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "Customer",
        "kind": "LinkedField",
        "name": "customer",
        "plural": false,
        "selections": [
          {
            "args": (v5/*:: as any*/),
            "kind": "FragmentSpread",
            "name": "customerTotal_customer"
          },
          {
            "args": (v6/*:: as any*/),
            "kind": "FragmentSpread",
            "name": "customerInvoices_customer"
          }
        ],
        "storageKey": null
      },
      {
        "args": [
          (v7/*:: as any*/),
          (v4/*:: as any*/),
          (v2/*:: as any*/)
        ],
        "kind": "FragmentSpread",
        "name": "customerCostLines_query"
      },
      {
        "args": (v6/*:: as any*/),
        "kind": "FragmentSpread",
        "name": "invoiceList_query"
      },
      {
        "args": (v6/*:: as any*/),
        "kind": "FragmentSpread",
        "name": "buyerList_query"
      },
      {
        "args": (v6/*:: as any*/),
        "kind": "FragmentSpread",
        "name": "customerList_query"
      },
      {
        "args": (v8/*:: as any*/),
        "kind": "FragmentSpread",
        "name": "quotationLines_query"
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "billingPageQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "Customer",
        "kind": "LinkedField",
        "name": "customer",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "prefix",
            "storageKey": null
          },
          {
            "alias": null,
            "args": (v5/*:: as any*/),
            "concreteType": "CustomerCost",
            "kind": "LinkedField",
            "name": "cost",
            "plural": false,
            "selections": [
              (v9/*:: as any*/),
              (v11/*:: as any*/)
            ],
            "storageKey": null
          },
          (v12/*:: as any*/),
          {
            "alias": null,
            "args": (v6/*:: as any*/),
            "concreteType": "InvoiceConnection",
            "kind": "LinkedField",
            "name": "invoices",
            "plural": false,
            "selections": [
              (v13/*:: as any*/),
              (v20/*:: as any*/),
              (v21/*:: as any*/)
            ],
            "storageKey": "invoices(first:20)"
          },
          {
            "alias": null,
            "args": (v6/*:: as any*/),
            "filters": null,
            "handle": "connection",
            "key": "customerInvoices_invoices",
            "kind": "LinkedHandle",
            "name": "invoices"
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": [
          (v4/*:: as any*/),
          (v2/*:: as any*/)
        ],
        "concreteType": "CustomerCost",
        "kind": "LinkedField",
        "name": "customerCost",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "basis",
            "storageKey": null
          },
          (v9/*:: as any*/),
          (v11/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Notice",
            "kind": "LinkedField",
            "name": "notices",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "code",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "message",
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v23/*:: as any*/),
          {
            "alias": null,
            "args": (v8/*:: as any*/),
            "filters": null,
            "handle": "connection",
            "key": "customerCostLines_lineItems",
            "kind": "LinkedHandle",
            "name": "lineItems"
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "concreteType": "InvoiceConnection",
        "kind": "LinkedField",
        "name": "invoices",
        "plural": false,
        "selections": [
          (v13/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "unavailable",
            "storageKey": null
          },
          (v20/*:: as any*/),
          (v21/*:: as any*/)
        ],
        "storageKey": "invoices(first:20)"
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "filters": (v24/*:: as any*/),
        "handle": "connection",
        "key": "invoiceList_invoices",
        "kind": "LinkedHandle",
        "name": "invoices"
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "concreteType": "BuyerConnection",
        "kind": "LinkedField",
        "name": "buyers",
        "plural": false,
        "selections": [
          (v13/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "BuyerEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Buyer",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v12/*:: as any*/),
                  (v16/*:: as any*/),
                  (v14/*:: as any*/),
                  (v17/*:: as any*/),
                  (v15/*:: as any*/),
                  (v18/*:: as any*/)
                ],
                "storageKey": null
              },
              (v19/*:: as any*/)
            ],
            "storageKey": null
          },
          (v21/*:: as any*/)
        ],
        "storageKey": "buyers(first:20)"
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "filters": (v24/*:: as any*/),
        "handle": "connection",
        "key": "buyerList_buyers",
        "kind": "LinkedHandle",
        "name": "buyers"
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "concreteType": "CustomerConnection",
        "kind": "LinkedField",
        "name": "customers",
        "plural": false,
        "selections": [
          (v13/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "CustomerEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Customer",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v12/*:: as any*/),
                  (v16/*:: as any*/),
                  (v18/*:: as any*/)
                ],
                "storageKey": null
              },
              (v19/*:: as any*/)
            ],
            "storageKey": null
          },
          (v21/*:: as any*/)
        ],
        "storageKey": "customers(first:20)"
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "filters": null,
        "handle": "connection",
        "key": "customerList_customers",
        "kind": "LinkedHandle",
        "name": "customers"
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Quotation",
        "kind": "LinkedField",
        "name": "quotation",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "missingRegions",
            "storageKey": null
          },
          (v11/*:: as any*/),
          (v23/*:: as any*/),
          {
            "alias": null,
            "args": (v8/*:: as any*/),
            "filters": null,
            "handle": "connection",
            "key": "quotationLines_lineItems",
            "kind": "LinkedHandle",
            "name": "lineItems"
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "4ecbfff8c1be6ec0c5f072f32fde3546",
    "id": null,
    "metadata": {},
    "name": "billingPageQuery",
    "operationKind": "query",
    "text": "query billingPageQuery(\n  $prefix: String!\n  $month: YearMonth\n) {\n  customer(prefix: $prefix) {\n    ...customerTotal_customer_3vjFD7\n    ...customerInvoices_customer_3dfUwN\n    id\n  }\n  ...customerCostLines_query_3O9UuN\n  ...invoiceList_query_3dfUwN\n  ...buyerList_query_3dfUwN\n  ...customerList_query_3dfUwN\n  ...quotationLines_query_2aaGHd\n}\n\nfragment buyerList_query_3dfUwN on Query {\n  buyers(first: 20) {\n    totalCount\n    edges {\n      node {\n        id\n        ...buyerName_buyer\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n      hasPreviousPage\n      startCursor\n    }\n  }\n}\n\nfragment buyerName_buyer on Buyer {\n  name\n  nativeId\n  deleted\n  state\n  id\n}\n\nfragment contractName_contract on Contract {\n  name\n  nativeId\n  state\n  id\n}\n\nfragment customerCostLines_query_3O9UuN on Query {\n  customerCost(prefix: $prefix, month: $month) {\n    basis\n    period {\n      month\n    }\n    total {\n      net {\n        ...moneyAmount_money\n      }\n    }\n    notices {\n      code\n      message\n    }\n    lineItems(first: 100) {\n      totalCount\n      edges {\n        node {\n          id\n          ...lineItemRow_line\n          __typename\n        }\n        cursor\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n        hasPreviousPage\n        startCursor\n      }\n    }\n  }\n}\n\nfragment customerInvoices_customer_3dfUwN on Customer {\n  invoices(first: 20) {\n    totalCount\n    edges {\n      node {\n        id\n        ...invoiceRow_invoice\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n      hasPreviousPage\n      startCursor\n    }\n  }\n  id\n}\n\nfragment customerList_query_3dfUwN on Query {\n  customers(first: 20) {\n    totalCount\n    edges {\n      node {\n        id\n        name\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n      hasPreviousPage\n      startCursor\n    }\n  }\n}\n\nfragment customerTotal_customer_3vjFD7 on Customer {\n  prefix\n  cost(month: $month) {\n    period {\n      month\n    }\n    total {\n      net {\n        ...moneyAmount_money\n      }\n    }\n  }\n  id\n}\n\nfragment invoiceList_query_3dfUwN on Query {\n  invoices(first: 20) {\n    totalCount\n    unavailable\n    edges {\n      node {\n        id\n        ...invoiceRow_invoice\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n      hasPreviousPage\n      startCursor\n    }\n  }\n}\n\nfragment invoiceRow_invoice on Invoice {\n  number\n  nativeId\n  state\n  period {\n    month\n  }\n  provider {\n    ...providerName_provider\n    id\n  }\n  buyer {\n    ...buyerName_buyer\n    id\n  }\n  total {\n    net {\n      ...moneyAmount_money\n    }\n  }\n  id\n}\n\nfragment lineItemRow_line on LineItem {\n  name\n  quantity\n  unit\n  cost {\n    net {\n      ...moneyAmount_money\n    }\n  }\n  contract {\n    ...contractName_contract\n    id\n  }\n  metric {\n    ...metricName_metric\n    id\n  }\n  id\n}\n\nfragment metricName_metric on Metric {\n  name\n  systemName\n  unit\n  id\n}\n\nfragment moneyAmount_money on Money {\n  amount\n  currencyCode\n}\n\nfragment providerName_provider on Provider {\n  name\n  source\n  id\n}\n\nfragment quotationLines_query_2aaGHd on Query {\n  quotation {\n    missingRegions\n    total {\n      net {\n        ...moneyAmount_money\n      }\n    }\n    lineItems(first: 100) {\n      totalCount\n      edges {\n        node {\n          id\n          ...lineItemRow_line\n          __typename\n        }\n        cursor\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n        hasPreviousPage\n        startCursor\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "a063268a06aa80e0e6d659753b745571";

export default node;
