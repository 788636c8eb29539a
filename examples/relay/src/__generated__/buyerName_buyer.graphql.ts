/**
 * @generated SignedSource<<f121f9056c6733fcc39f6c4aba2dc56a>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type buyerName_buyer$data = {
  readonly deleted: boolean;
  readonly id: string;
  readonly name: string | null | undefined;
  readonly nativeId: string;
  readonly state: string | null | undefined;
  readonly " $fragmentType": "buyerName_buyer";
};
export type buyerName_buyer$key = {
  readonly " $data"?: buyerName_buyer$data;
  readonly " $fragmentSpreads": FragmentRefs<"buyerName_buyer">;
};

import buyerNameNodeQuery_graphql from './buyerNameNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": buyerNameNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "buyerName_buyer",
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
      "name": "deleted",
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
  "type": "Buyer",
  "abstractKey": null
};

(node as any).hash = "df3c744158c2c382d730188cbff2e051";

export default node;
