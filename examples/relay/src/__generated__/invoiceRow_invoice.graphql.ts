/**
 * @generated SignedSource<<da8e1ea8ab12027baac154eebec22a4b>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type InvoiceState = "CANCELLED" | "FAILED" | "FINALIZED" | "OPEN" | "PAID" | "PENDING" | "UNKNOWN" | "UNPAID" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type invoiceRow_invoice$data = {
  readonly buyer: {
    readonly " $fragmentSpreads": FragmentRefs<"buyerName_buyer">;
  };
  readonly id: string;
  readonly nativeId: string;
  readonly number: string | null | undefined;
  readonly period: {
    readonly month: string;
  };
  readonly provider: {
    readonly " $fragmentSpreads": FragmentRefs<"providerName_provider">;
  };
  readonly state: InvoiceState;
  readonly total: {
    readonly net: {
      readonly " $fragmentSpreads": FragmentRefs<"moneyAmount_money">;
    };
  };
  readonly " $fragmentType": "invoiceRow_invoice";
};
export type invoiceRow_invoice$key = {
  readonly " $data"?: invoiceRow_invoice$data;
  readonly " $fragmentSpreads": FragmentRefs<"invoiceRow_invoice">;
};

import invoiceRowNodeQuery_graphql from './invoiceRowNodeQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": invoiceRowNodeQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "invoiceRow_invoice",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "number",
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
      "concreteType": "Period",
      "kind": "LinkedField",
      "name": "period",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "month",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Provider",
      "kind": "LinkedField",
      "name": "provider",
      "plural": false,
      "selections": [
        {
          "args": null,
          "kind": "FragmentSpread",
          "name": "providerName_provider"
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Buyer",
      "kind": "LinkedField",
      "name": "buyer",
      "plural": false,
      "selections": [
        {
          "args": null,
          "kind": "FragmentSpread",
          "name": "buyerName_buyer"
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "TaxedMoney",
      "kind": "LinkedField",
      "name": "total",
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
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    }
  ],
  "type": "Invoice",
  "abstractKey": null
};

(node as any).hash = "1648f7bdf5eb4aedeae2f24468148912";

export default node;
