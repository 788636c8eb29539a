/**
 * @generated SignedSource<<6c4659edc4f04e3ec11318d11c74af86>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type metricName_metric$data = {
  readonly id: string;
  readonly name: string;
  readonly systemName: string;
  readonly unit: string | null | undefined;
  readonly " $fragmentType": "metricName_metric";
};
export type metricName_metric$key = {
  readonly " $data"?: metricName_metric$data;
  readonly " $fragmentSpreads": FragmentRefs<"metricName_metric">;
};

import metricNameNodeQuery_graphql from './metricNameNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": metricNameNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "metricName_metric",
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
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    }
  ],
  "type": "Metric",
  "abstractKey": null
};

(node as any).hash = "210291f2ceb56e3dae7ab02c60938ca9";

export default node;
