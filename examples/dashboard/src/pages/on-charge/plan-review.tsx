import { Alert, Badge, Button, Checkbox, Group, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { monthName } from '../../frame/use-month.ts'
import type { OnChargeAction } from '../../gql/graphql.ts'
import { Empty } from '../../graph/answer-view.tsx'
import { Figure } from '../../money/figure.tsx'
import { onChargeMutation } from './on-charge.query.ts'
import type { ShownPlan } from './use-on-charge.ts'
import { UserErrors } from './user-errors.tsx'

const ACTIONS = {
  CREATE: { label: 'Add', color: 'teal' },
  KEEP: { label: 'Keep', color: 'gray' },
  REPLACE: { label: 'Replace', color: 'blue' },
  ADJUST: { label: 'Adjust', color: 'indigo' },
  REMOVE: { label: 'Remove', color: 'red' },
} as const satisfies Readonly<Record<OnChargeAction, { readonly label: string; readonly color: string }>>

interface PlanReviewProps {
  readonly shown: ShownPlan
  readonly isApplied: boolean
  readonly isBusy: boolean
  readonly onApply: () => void
}

/** The steps of a plan with their total, and the button that applies exactly this plan. */
export function PlanReview({ shown: { outcome, terms }, isApplied, isBusy, onApply }: PlanReviewProps) {
  const [isReviewed, setReviewed] = useState(false)
  const { plan, total, invoice, notices, userErrors } = outcome
  if (userErrors.length > 0) return <UserErrors errors={userErrors} />
  if (plan.length === 0) return <Empty>There is nothing to bill: the customer has no cost in this month.</Empty>
  const origin = { document: onChargeMutation, variables: { input: { ...terms, dryRun: true } } }
  const hasChange = plan.some(({ action }) => action !== 'KEEP')
  return (
    <>
      <Text size="sm" mb="sm">
        {invoice
          ? `For ${terms.customer.key}, onto invoice ${invoice.number ?? invoice.id} of ${monthName(invoice.period.month)}.`
          : `For ${terms.customer.key}, onto a new invoice, which applying the plan creates.`}
      </Text>
      {notices.map(({ message }) => (
        <Alert key={message} color="yellow" variant="light" mb="sm">
          {message}
        </Alert>
      ))}
      <div className="scroll">
        <Table verticalSpacing={6} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Step</Table.Th>
              <Table.Th>Line</Table.Th>
              <Table.Th visibleFrom="sm">Marker</Table.Th>
              <Table.Th className="amount">Without tax</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plan.map(({ action, marker, name, cost }) => (
              <Table.Tr key={marker + action}>
                <Table.Td>
                  <Badge variant="light" color={ACTIONS[action].color} tt="none" className="state">
                    {ACTIONS[action].label}
                  </Badge>
                </Table.Td>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                <Table.Td visibleFrom="sm">
                  <Text span size="xs" ff="monospace" c="dimmed" className="nowrap">
                    {marker}
                  </Text>
                </Table.Td>
                <Table.Td className="amount">
                  <Figure of="planStep" money={cost} about={name} origin={origin} isStruck={action === 'REMOVE'} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">Total</Table.Th>
              <Table.Td />
              <Table.Td visibleFrom="sm" />
              <Table.Td className="amount">
                <Figure of="planTotal" money={total} origin={origin} isBold />
              </Table.Td>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </div>
      {!isApplied && hasChange && (
        <Group mt="md" gap="md">
          <Checkbox
            label="I have reviewed these lines"
            checked={isReviewed}
            onChange={event => setReviewed(event.currentTarget.checked)}
          />
          <Button disabled={!isReviewed} loading={isBusy} onClick={onApply}>
            Apply this plan
          </Button>
        </Group>
      )}
      {!hasChange && (
        <Text size="sm" c="dimmed" mt="md">
          Nothing is left to do: every line is on the invoice already.
        </Text>
      )}
    </>
  )
}
