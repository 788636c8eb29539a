/**
 * @generated SignedSource<<52bb4970efea655d059659d1c496cbd8>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type LineItemType = "CREDIT" | "DISCOUNT" | "MANUAL" | "PLAN_COST" | "RESOURCE_USAGE" | "SUPPORT" | "UNKNOWN" | "VARIABLE_COST" | "%future added value";
export type UserErrorCode = "BAD_USER_INPUT" | "CHARGE_FAILED" | "CONFLICT" | "CURRENCY_MISMATCH" | "IDEMPOTENCY_KEY_REUSED" | "ILLEGAL_TRANSITION" | "INCIDENT" | "INVOICE_NOT_EDITABLE" | "IN_DOUBT" | "IN_PROGRESS" | "ISSUE_BLOCKED" | "NOT_FOUND" | "NOT_REGISTERED" | "PLAN_CHANGED" | "PLAN_REQUIRED" | "SIMILAR_WRITE" | "UPSTREAM_REJECTED" | "WRITES_DISABLED" | "%future added value";
export type AddLineItemInput = {
  allowSimilar?: boolean;
  contractId?: string | null | undefined;
  cost: string;
  description?: string | null | undefined;
  idempotencyKey: string;
  invoiceId: string;
  metricId?: string | null | undefined;
  name: string;
  quantity?: number | null | undefined;
  type?: LineItemType | null | undefined;
};
export type addLineItemMutation$variables = {
  connections: ReadonlyArray<string>;
  input: AddLineItemInput;
};
export type addLineItemMutation$data = {
  readonly addLineItem: {
    readonly lineItemEdge: {
      readonly cursor: string;
      readonly node: {
        readonly id: string;
        readonly " $fragmentSpreads": FragmentRefs<"lineItemRow_line">;
      };
    } | null | undefined;
    readonly userErrors: ReadonlyArray<{
      readonly code: UserErrorCode;
      readonly field: ReadonlyArray<string> | null | undefined;
      readonly message: string;
    }>;
  };
};
export type addLineItemMutation = {
  response: addLineItemMutation$data;
  variables: addLineItemMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "connections"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "input"
},
v2 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cursor",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "UserError",
  "kind": "LinkedField",
  "name": "userErrors",
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
      "name": "field",
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
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "unit",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "addLineItemMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "LineItemPayload",
        "kind": "LinkedField",
        "name": "addLineItem",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "LineItemEdge",
            "kind": "LinkedField",
            "name": "lineItemEdge",
            "plural": false,
            "selections": [
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "LineItem",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/),
                  {
                    "args": null,
                    "kind": "FragmentSpread",
                    "name": "lineItemRow_line"
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "addLineItemMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "LineItemPayload",
        "kind": "LinkedField",
        "name": "addLineItem",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "LineItemEdge",
            "kind": "LinkedField",
            "name": "lineItemEdge",
            "plural": false,
            "selections": [
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "LineItem",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/),
                  (v6/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "quantity",
                    "storageKey": null
                  },
                  (v7/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "TaxedMoney",
                    "kind": "LinkedField",
                    "name": "cost",
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
                    "concreteType": "Contract",
                    "kind": "LinkedField",
                    "name": "contract",
                    "plural": false,
                    "selections": [
                      (v6/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "nativeId",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "state",
                        "storageKey": null
                      },
                      (v4/*:: as any*/)
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
                      (v6/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "systemName",
                        "storageKey": null
                      },
                      (v7/*:: as any*/),
                      (v4/*:: as any*/)
                    ],
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
            "filters": null,
            "handle": "appendEdge",
            "key": "",
            "kind": "LinkedHandle",
            "name": "lineItemEdge",
            "handleArgs": [
              {
                "kind": "Variable",
                "name": "connections",
                "variableName": "connections"
              }
            ]
          },
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "02cacbb70371c7ec08e26379d5b513ac",
    "id": null,
    "metadata": {},
    "name": "addLineItemMutation",
    "operationKind": "mutation",
    "text": "mutation addLineItemMutation(\n  $input: AddLineItemInput!\n) {\n  addLineItem(input: $input) {\n    lineItemEdge {\n      cursor\n      node {\n        id\n        ...lineItemRow_line\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}\n\nfragment contractName_contract on Contract {\n  name\n  nativeId\n  state\n  id\n}\n\nfragment lineItemRow_line on LineItem {\n  name\n  quantity\n  unit\n  cost {\n    net {\n      ...moneyAmount_money\n    }\n  }\n  contract {\n    ...contractName_contract\n    id\n  }\n  metric {\n    ...metricName_metric\n    id\n  }\n  id\n}\n\nfragment metricName_metric on Metric {\n  name\n  systemName\n  unit\n  id\n}\n\nfragment moneyAmount_money on Money {\n  amount\n  currencyCode\n}\n"
  }
};
})();

(node as any).hash = "36afb6d76f624210b6753c0401bb0554";

export default node;
