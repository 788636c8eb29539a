/**
 * @generated SignedSource<<0f2e84b719cd898e2df34f4967dd7deb>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type providerNameNodeQuery$variables = {
  id: string;
};
export type providerNameNodeQuery$data = {
  readonly node: {
    readonly " $fragmentSpreads": FragmentRefs<"providerName_provider">;
  } | null | undefined;
};
export type providerNameNodeQuery = {
  response: providerNameNodeQuery$data;
  variables: providerNameNodeQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "providerNameNodeQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          {
            "args": null,
            "kind": "FragmentSpread",
            "name": "providerName_provider"
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "providerNameNodeQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "__typename",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "name",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "source",
                "storageKey": null
              }
            ],
            "type": "Provider",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "24c9724824de7a15f685d48ac83db612",
    "id": null,
    "metadata": {},
    "name": "providerNameNodeQuery",
    "operationKind": "query",
    "text": "query providerNameNodeQuery(\n  $id: ID!\n) {\n  node(id: $id) {\n    __typename\n    ...providerName_provider\n    id\n  }\n}\n\nfragment providerName_provider on Provider {\n  name\n  source\n  id\n}\n"
  }
};
})();

(node as any).hash = "13b2d5afe82725f6636e0a4d2138e4d7";

export default node;
