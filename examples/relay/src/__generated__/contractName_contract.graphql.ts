/**
 * @generated SignedSource<<ed0e4a1ce5385f96307a5b8cc42111f6>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type contractName_contract$data = {
  readonly id: string;
  readonly name: string | null | undefined;
  readonly nativeId: string;
  readonly state: string | null | undefined;
  readonly " $fragmentType": "contractName_contract";
};
export type contractName_contract$key = {
  readonly " $data"?: contractName_contract$data;
  readonly " $fragmentSpreads": FragmentRefs<"contractName_contract">;
};

import contractNameNodeQuery_graphql from './contractNameNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": contractNameNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "contractName_contract",
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
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    }
  ],
  "type": "Contract",
  "abstractKey": null
};

(node as any).hash = "d06be686065c56066f13347b1be14433";

export default node;
