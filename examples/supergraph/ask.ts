import { readFileSync } from 'node:fs'

/** The example query: customers of the CRM, their costs in a month, and their bills. */
export const join = readFileSync(new URL('join.graphql', import.meta.url), 'utf8')

/** A GraphQL response over HTTP. */
export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string }[]
}

/** Sends a query to a router. */
export async function ask(url: string, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}
