import { Badge } from '@mantine/core'
import type { InvoiceState } from '../../gql/graphql.ts'

/** How each state is shown, in the order of an invoice's life. */
export const STATES = {
  OPEN: { label: 'Open', color: 'gray' },
  FINALIZED: { label: 'Finalized', color: 'indigo' },
  PENDING: { label: 'Pending', color: 'blue' },
  UNPAID: { label: 'Unpaid', color: 'orange' },
  PAID: { label: 'Paid', color: 'teal' },
  FAILED: { label: 'Failed', color: 'red' },
  CANCELLED: { label: 'Cancelled', color: 'gray' },
  UNKNOWN: { label: 'Unknown', color: 'gray' },
} as const satisfies Readonly<Record<InvoiceState, { readonly label: string; readonly color: string }>>

/** The state of an invoice. */
export function InvoiceStateBadge({ state }: { readonly state: InvoiceState }) {
  const { label, color } = STATES[state]
  return (
    <Badge variant={state === 'CANCELLED' ? 'outline' : 'light'} color={color} className="state" tt="none">
      {label}
    </Badge>
  )
}
