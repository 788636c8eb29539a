import { useState } from 'react'
import { graphql, useMutation } from 'react-relay'
import type { addLineItemMutation } from './__generated__/addLineItemMutation.graphql'

interface Props {
  /** Global id of an open or finalized invoice: `threescale:invoice:1217`. */
  readonly invoiceId: string
  /** Ids of the lists that show its line items: `ConnectionHandler.getConnectionID(invoiceId, 'invoiceLines_lineItems')`. */
  readonly connections: readonly string[]
}

/** Adds a line item to a bill, and to the lists that show it. */
export function AddLineItem({ invoiceId, connections }: Props) {
  const [commit, isInFlight] = useMutation<addLineItemMutation>(graphql`
    mutation addLineItemMutation($input: AddLineItemInput!, $connections: [ID!]!) {
      addLineItem(input: $input) {
        lineItemEdge @appendEdge(connections: $connections) {
          cursor
          node {
            id
            ...lineItemRow_line
          }
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `)
  // One key until it has succeeded: a second click, or another try after a time-out, is the same write.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [problems, setProblems] = useState<readonly string[]>([])
  const add = (form: FormData): void => {
    commit({
      variables: {
        connections: [...connections],
        input: {
          idempotencyKey: key,
          invoiceId,
          name: String(form.get('name')),
          cost: String(form.get('cost')),
        },
      },
      onCompleted: ({ addLineItem: { userErrors } }) => {
        setProblems(userErrors.map(({ message }) => message))
        if (userErrors.length === 0) setKey(crypto.randomUUID())
      },
      onError: error => setProblems([error.message]),
    })
  }
  return (
    <form action={add}>
      <input name="name" required />
      <input name="cost" required inputMode="decimal" />
      <button type="submit" disabled={isInFlight}>
        Add
      </button>
      {problems.map(problem => (
        <p key={problem}>{problem}</p>
      ))}
    </form>
  )
}
