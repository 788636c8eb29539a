import type { TypedDocumentString } from './gql/graphql.js'

/** An error that affects part of the data, or all of it. */
export interface Problem {
  readonly message: string
  /** Path of the field that is null because of the error. */
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string; readonly upstream?: string; readonly retryable?: boolean }
}

/** A response with data. Check `problems` as well: when one billing system is down, the data of the other is still complete. */
export interface Answer<Data> {
  readonly data: Data
  readonly problems: readonly Problem[]
}

/** A response without any data. */
export class NoData extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problem => problem.message).join('; '))
  }
}

/** How the operation is sent. */
export interface AskOptions {
  /** As text, or as an id if the gateway has `persisted-documents.json` as its trusted documents. */
  readonly by?: 'text' | 'id'
}

/**
 * Sends one operation. The operation's type determines the types of its variables and data.
 *
 * @throws NoData when the gateway rejects the operation or its variables
 */
export async function ask<Data, Variables>(
  url: string,
  operation: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { by = 'text' }: AskOptions = {},
): Promise<Answer<Data>> {
  const documentId: unknown = operation.__meta__?.hash
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...(by === 'id' ? { documentId } : { query: operation.toString() }), variables }),
  })
  const { data, errors = [] } = (await response.json()) as { data?: Data | null; errors?: readonly Problem[] }
  if (!data) throw new NoData(errors)
  return { data, problems: errors }
}
