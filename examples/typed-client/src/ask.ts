import type { TypedDocumentString } from './gql/graphql'

/** What the gateway answered in place of data. */
export class GraphqlError extends Error {
  constructor(readonly errors: readonly { readonly message: string }[]) {
    super(errors.map(error => error.message).join('; '))
  }
}

/** An answer may have both: one billing system's data, and the other's error. */
interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string }[]
}

/**
 * Asks one operation, by its text. Its variables and its answer are typed by the operation itself.
 *
 * @throws GraphqlError when there is no data at all; errors beside data are left to `unavailable` and to nulls
 */
export async function ask<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  })
  const { data, errors = [] } = (await response.json()) as Answer<Data>
  if (!data) throw new GraphqlError(errors)
  return data
}
