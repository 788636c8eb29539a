/**
 * @generated SignedSource<<f7be39ec83b24f410c896d6719baa991>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type paymentRow_payment$data = {
  readonly amount: {
    readonly " $fragmentSpreads": FragmentRefs<"moneyAmount_money">;
  };
  readonly createdAt: string;
  readonly id: string;
  readonly message: string | null | undefined;
  readonly success: boolean;
  readonly " $fragmentType": "paymentRow_payment";
};
export type paymentRow_payment$key = {
  readonly " $data"?: paymentRow_payment$data;
  readonly " $fragmentSpreads": FragmentRefs<"paymentRow_payment">;
};

import paymentRowNodeQuery_graphql from './paymentRowNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": paymentRowNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "paymentRow_payment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "createdAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "success",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Money",
      "kind": "LinkedField",
      "name": "amount",
      "plural": false,
      "selections": [
        {
          "args": null,
          "kind": "FragmentSpread",
          "name": "moneyAmount_money"
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
  "type": "Payment",
  "abstractKey": null
};

(node as any).hash = "299a21485cf710b8158d1269ac5929ca";

export default node;
