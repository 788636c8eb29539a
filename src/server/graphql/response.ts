import type { HTTPGraphQLResponse } from '@apollo/server'
import type { GraphQLFormattedError } from 'graphql'
import { distinctCodes } from '../../graph/errors/format-error.js'

/** A GraphQL response as it is sent by HTTP. */
export interface GraphqlResponse<Body extends string | Buffer = string | Buffer> {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Body
}

/** Apollo's response. */
export function toResponse({ status = 200, headers, body }: HTTPGraphQLResponse): GraphqlResponse<string> {
  // Nothing in the schema is deferred or streamed.
  if (body.kind !== 'complete') throw new Error('an incremental response')
  return { status, headers, body: body.string }
}

/** The distinct codes of the errors in a response body. */
export function codesIn(body: string): readonly string[] {
  const { errors = [] } = JSON.parse(body) as { errors?: readonly GraphQLFormattedError[] }
  return distinctCodes(errors)
}

/** A response body whose errors carry the id of this request. */
export function withRequestId(body: string, requestId: string): string {
  const { errors, ...rest } = JSON.parse(body) as { errors?: readonly GraphQLFormattedError[] }
  const identified = errors?.map(error => ({ ...error, extensions: { ...error.extensions, requestId } }))
  return `${JSON.stringify({ errors: identified, ...rest })}\n`
}
