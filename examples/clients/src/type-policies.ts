import type { PossibleTypesMap, TypePolicies, TypePolicy } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'

/** A part of another object. Apollo would replace it when a second query selects other fields of it, and lose the first ones. */
const PART: TypePolicy = { merge: true }

/** The arguments that make another list of it, rather than another page of the same list. */
const LIST = ['filter', 'orderBy']

/** Apollo Client's type policies for the whole graph. Copy this file. */
export const typePolicies: TypePolicies = {
  Query: {
    fields: {
      invoices: relayStylePagination(LIST),
      buyers: relayStylePagination(['filter']),
      customers: relayStylePagination(),
    },
  },
  Buyer: { fields: { invoices: relayStylePagination(LIST) } },
  Customer: { fields: { invoices: relayStylePagination(LIST) } },
  Invoice: { fields: { lineItems: relayStylePagination(LIST) } },
  CustomerCost: { ...PART, fields: { lineItems: relayStylePagination(LIST) } },
  Quotation: { ...PART, fields: { lineItems: relayStylePagination(LIST) } },
  Address: PART,
  CloudResource: PART,
  CostAllocation: PART,
  Forecast: PART,
  Margin: PART,
  Money: PART,
  Period: PART,
  Plan: PART,
  RateLimit: PART,
  Reconciliation: PART,
  TaxedMoney: PART,
  WriteIntent: PART,
}

/** The types behind each interface, without which Apollo cannot tell whether a fragment on the interface applies. */
export const possibleTypes: PossibleTypesMap = {
  BillingDocument: ['Invoice', 'Quotation'],
  Node: ['Buyer', 'Contract', 'Customer', 'Invoice', 'LineItem', 'Metric', 'Payment', 'Provider'],
}
