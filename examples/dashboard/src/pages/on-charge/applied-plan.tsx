import { Alert, Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Outcome } from './use-on-charge.ts'
import { UserErrors } from './user-errors.tsx'

interface AppliedPlanProps {
  readonly outcome: Outcome
  /** The idempotency key of the run. */
  readonly planKey: string
}

/** What became of the run. */
export function AppliedPlan({ outcome: { invoice, userErrors, total }, planKey }: AppliedPlanProps) {
  return (
    <>
      {userErrors.length > 0 ? (
        <UserErrors errors={userErrors} />
      ) : (
        <Alert role="status" color="teal" variant="light" title="The plan is applied">
          {total && `${total.amount} ${total.currencyCode} is on the invoice. `}
          {invoice && (
            <Anchor component={Link} href={`/invoices/${encodeURIComponent(invoice.id)}`} underline="always">
              Show invoice {invoice.number ?? invoice.id}
            </Anchor>
          )}
        </Alert>
      )}
      <Text size="xs" c="dimmed" mt="xs">
        Key of the run: {planKey}
      </Text>
    </>
  )
}
