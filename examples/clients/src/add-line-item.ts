import { type ApolloCache, type ApolloClient, gql, type Reference, type TypedDocumentNode } from '@apollo/client'

/** A line item as a list shows it. */
interface LineItem {
  readonly __typename: 'LineItem'
  readonly id: string
  readonly name: string
  readonly cost: {
    readonly __typename: 'TaxedMoney'
    readonly net: { readonly __typename: 'Money'; readonly amount: string }
  }
}

interface Edge {
  readonly __typename: 'LineItemEdge'
  readonly cursor: string
  readonly node: LineItem
}

interface UserError {
  readonly __typename: 'UserError'
  readonly code: string
  readonly field: readonly string[] | null
  readonly message: string
}

interface Payload {
  readonly addLineItem: {
    readonly __typename: 'LineItemPayload'
    readonly lineItemEdge: Edge | null
    readonly userErrors: readonly UserError[]
  }
}

/** What is added: amounts are text, since a JavaScript number would round them. */
export interface NewLineItem {
  /** Global id: `threescale:invoice:1217`. */
  readonly invoiceId: string
  readonly name: string
  readonly cost: string
}

/** The line items of an invoice. */
export const INVOICE_LINES: TypedDocumentNode<
  { readonly invoice: { readonly lineItems: { readonly edges: readonly Edge[] } } | null },
  { readonly id: string }
> = gql`
  query InvoiceLines($id: ID!) {
    invoice(id: $id) {
      id
      lineItems {
        edges {
          cursor
          node {
            id
            name
            cost {
              net {
                amount
              }
            }
          }
        }
        pageInfo {
          startCursor
          endCursor
          hasNextPage
          hasPreviousPage
        }
      }
    }
  }
`

const ADD_LINE_ITEM: TypedDocumentNode<Payload, { readonly input: NewLineItem & { readonly idempotencyKey: string } }> =
  gql`
  mutation AddLineItem($input: AddLineItemInput!) {
    addLineItem(input: $input) {
      lineItemEdge {
        cursor
        node {
          id
          name
          cost {
            net {
              amount
            }
          }
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`

/**
 * Adds a line item. Lists show it at once; when the gateway refuses it, they are as before.
 *
 * @param idempotencyKey one per click, made before it: sending it again never adds a second line item
 * @returns why it was not added; empty if it was
 */
export async function addLineItem(
  client: ApolloClient,
  line: NewLineItem,
  idempotencyKey: string,
): Promise<readonly UserError[]> {
  const { data } = await client.mutate({
    mutation: ADD_LINE_ITEM,
    variables: { input: { ...line, idempotencyKey } },
    optimisticResponse: expected(line, idempotencyKey),
    update: (cache, { data }) => append(cache, line.invoiceId, data?.addLineItem.lineItemEdge ?? null),
  })
  return data?.addLineItem.userErrors ?? []
}

/** The response if all goes well. Its ids are replaced by those of the gateway. */
function expected({ name, cost }: NewLineItem, key: string): Payload {
  const net = { __typename: 'Money', amount: cost } as const
  const node = { __typename: 'LineItem', id: `new:${key}`, name, cost: { __typename: 'TaxedMoney', net } } as const
  const lineItemEdge = { __typename: 'LineItemEdge', cursor: `new:${key}`, node } as const
  return { addLineItem: { __typename: 'LineItemPayload', lineItemEdge, userErrors: [] } }
}

/** Runs for the expected response, which is rolled back, and then for the real one. */
function append(cache: ApolloCache, invoiceId: string, edge: Edge | null): void {
  if (!edge) return
  const id = cache.identify({ __typename: 'Invoice', id: invoiceId })
  if (id === undefined) return
  cache.modify<{ lineItems: { readonly edges: readonly { readonly cursor: string; readonly node: Reference }[] } }>({
    id,
    fields: {
      lineItems: (connection, { toReference }) => {
        const node = toReference({ __typename: 'LineItem', id: edge.node.id }, true)
        if (!node || !('edges' in connection)) return connection
        return { ...connection, edges: [...connection.edges, { ...edge, node }] }
      },
    },
  })
}
