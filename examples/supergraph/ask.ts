import { readFileSync } from 'node:fs'

/** The question of the example: customers of the CRM, what they cost in a month, and what they were billed. */
export const join = readFileSync(new URL('join.graphql', import.meta.url), 'utf8')

/** An answer of GraphQL over HTTP. */
export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string }[]
}

/** Asks a router. */
export async function ask(url: string, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}
