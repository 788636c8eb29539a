/**
 * @generated SignedSource<<a40f5200c40a36dfcc3c5c8b577de351>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type moneyAmount_money$data = {
  readonly amount: string;
  readonly currencyCode: string;
  readonly " $fragmentType": "moneyAmount_money";
};
export type moneyAmount_money$key = {
  readonly " $data"?: moneyAmount_money$data;
  readonly " $fragmentSpreads": FragmentRefs<"moneyAmount_money">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "moneyAmount_money",
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
  "type": "Money",
  "abstractKey": null
};

(node as any).hash = "a6242459ab2744a5a700e87d20e2b012";

export default node;
