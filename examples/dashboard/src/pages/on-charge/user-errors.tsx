import { Alert, List, Text } from '@mantine/core'
import type { UserErrorCode } from '../../gql/graphql.ts'

const ADVICE: Partial<Record<UserErrorCode, string>> = {
  PLAN_CHANGED: 'Cost or invoice changed since the plan was shown. Show the plan again, and review it.',
  IN_DOUBT: 'Wait some minutes, then apply the plan again: it continues under the same key, and writes nothing twice.',
  IN_PROGRESS: 'Another write to the invoice is running. Apply the plan again in a moment.',
  INCIDENT: 'A person has to find out what 3scale has written. See the incidents of the close.',
  WRITES_DISABLED: 'This gateway only reads. Its operator can set WRITES_JOURNAL.',
  CURRENCY_MISMATCH: 'Enter an exchange rate, and show the plan again.',
  NOT_REGISTERED: 'Add the customer and its buyer to CUSTOMERS_FILE.',
}

interface UserErrorsProps {
  readonly errors: readonly { readonly code: UserErrorCode; readonly message: string }[]
}

/** Why nothing was planned or written, and what to do. */
export function UserErrors({ errors }: UserErrorsProps) {
  return (
    <Alert role="alert" color="yellow" variant="light" title="Not done">
      <List size="sm">
        {errors.map(({ code, message }) => (
          <List.Item key={code + message}>
            {message} {ADVICE[code]}{' '}
            <Text span size="xs" c="dimmed" ff="monospace">
              {code}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
