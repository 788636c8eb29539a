/**
 * @generated SignedSource<<441e4e7c282437ba8196fe4cf67c38d0>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type metricNameNodeQuery$variables = {
  id: string;
};
export type metricNameNodeQuery$data = {
  readonly node: {
    readonly " $fragmentSpreads": FragmentRefs<"metricName_metric">;
  } | null | undefined;
};
export type metricNameNodeQuery = {
  response: metricNameNodeQuery$data;
  variables: metricNameNodeQuery$variables;
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
    "name": "metricNameNodeQuery",
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
            "name": "metricName_metric"
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
    "name": "metricNameNodeQuery",
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
                "name": "systemName",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "unit",
                "storageKey": null
              }
            ],
            "type": "Metric",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "a33822c495ae1c07b369d1e9c35e240d",
    "id": null,
    "metadata": {},
    "name": "metricNameNodeQuery",
    "operationKind": "query",
    "text": "query metricNameNodeQuery(\n  $id: ID!\n) {\n  node(id: $id) {\n    __typename\n    ...metricName_metric\n    id\n  }\n}\n\nfragment metricName_metric on Metric {\n  name\n  systemName\n  unit\n  id\n}\n"
  }
};
})();

(node as any).hash = "210291f2ceb56e3dae7ab02c60938ca9";

export default node;
