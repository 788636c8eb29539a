import { ErrorCode } from '../../graph/error-code.js'

/** When to come again, in the header as well as in the error. */
export const RETRY_AFTER_SECONDS = 1

/** What whoever is turned away is told, in the form of GraphQL's errors. */
export function tellOverloaded(requestId: string) {
  const message = 'The gateway is asked more at present than it can answer.'
  const extensions = { code: ErrorCode.OVERLOADED, retryable: true, retryAfter: RETRY_AFTER_SECONDS, requestId }
  return { errors: [{ message, extensions }] }
}
