/**
 * @generated SignedSource<<251cbfdd11a3ef37eea934bdb6f72b08>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type BillingSource = "CATALYST" | "THREESCALE" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type providerName_provider$data = {
  readonly id: string;
  readonly name: string;
  readonly source: BillingSource;
  readonly " $fragmentType": "providerName_provider";
};
export type providerName_provider$key = {
  readonly " $data"?: providerName_provider$data;
  readonly " $fragmentSpreads": FragmentRefs<"providerName_provider">;
};

import providerNameNodeQuery_graphql from './providerNameNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": providerNameNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "providerName_provider",
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
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    }
  ],
  "type": "Provider",
  "abstractKey": null
};

(node as any).hash = "13b2d5afe82725f6636e0a4d2138e4d7";

export default node;
