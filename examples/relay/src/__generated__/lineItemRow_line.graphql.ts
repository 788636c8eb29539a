/**
 * @generated SignedSource<<5789c74a98bf90a486ee1f41b9311e27>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type lineItemRow_line$data = {
  readonly contract: {
    readonly " $fragmentSpreads": FragmentRefs<"contractName_contract">;
  } | null | undefined;
  readonly cost: {
    readonly net: {
      readonly " $fragmentSpreads": FragmentRefs<"moneyAmount_money">;
    };
  };
  readonly id: string;
  readonly metric: {
    readonly " $fragmentSpreads": FragmentRefs<"metricName_metric">;
  } | null | undefined;
  readonly name: string;
  readonly quantity: string | null | undefined;
  readonly unit: string | null | undefined;
  readonly " $fragmentType": "lineItemRow_line";
};
export type lineItemRow_line$key = {
  readonly " $data"?: lineItemRow_line$data;
  readonly " $fragmentSpreads": FragmentRefs<"lineItemRow_line">;
};

import lineItemRowNodeQuery_graphql from './lineItemRowNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": lineItemRowNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "lineItemRow_line",
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
      "name": "quantity",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "unit",
      "storageKey": null
    },
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
              "args": null,
              "kind": "FragmentSpread",
              "name": "moneyAmount_money"
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
        {
          "args": null,
          "kind": "FragmentSpread",
          "name": "contractName_contract"
        }
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
        {
          "args": null,
          "kind": "FragmentSpread",
          "name": "metricName_metric"
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    }
  ],
  "type": "LineItem",
  "abstractKey": null
};

(node as any).hash = "6304d071c1d48a4c5f9e910318b4f006";

export default node;
