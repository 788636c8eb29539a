import type { HTTPGraphQLResponse } from '@apollo/server'
import type { GraphQLFormattedError } from 'graphql'
import { lifetimeHeaders } from '../graphql/cache-control.js'

/** What goes out to whoever asked. */
export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string | Buffer
}

/** What Apollo makes of a request. */
export function toAnswer({ status = 200, headers, body }: HTTPGraphQLResponse): Answer & { readonly body: string } {
  // Nothing here is deferred, so an answer in parts cannot come.
  if (body.kind !== 'complete') throw new Error('an answer in parts')
  return { status, headers, body: body.string }
}

/** The same answer for another request: its errors have the id of that one. */
export function readdress(answer: Answer & { readonly body: string }, requestId: string): Answer {
  const { errors, ...rest } = JSON.parse(answer.body) as { errors?: readonly GraphQLFormattedError[] }
  const readdressed = errors?.map(error => ({ ...error, extensions: { ...error.extensions, requestId } }))
  return { ...answer, body: `${JSON.stringify({ errors: readdressed, ...rest })}\n` }
}

/** The same answer later: a browser may keep it for so much less time. */
export function withLifetime({ headers, ...answer }: Answer, seconds: number): Answer {
  const later = new Map([...headers, ...lifetimeHeaders(seconds)])
  if (seconds <= 0) later.delete('vary')
  return { ...answer, headers: later }
}
