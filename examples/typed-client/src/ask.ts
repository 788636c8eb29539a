import type { TypedDocumentString } from './gql/graphql.js'

/** What went wrong for a part of the answer, or for all of it. */
export interface Problem {
  readonly message: string
  /** The field that is null because of it. */
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string; readonly upstream?: string; readonly retryable?: boolean }
}

/** One billing system's outage leaves the other's data whole: look at the problems even where there is data. */
export interface Answer<Data> {
  readonly data: Data
  readonly problems: readonly Problem[]
}

/** There is no data at all. */
export class NoData extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problem => problem.message).join('; '))
  }
}

/** How an operation is named to the gateway. */
export interface AskOptions {
  /** By its whole text, or by its id alone, where the gateway has `persisted-documents.json` among its trusted documents. */
  readonly by?: 'text' | 'id'
}

/**
 * Asks one operation. Its variables and its answer are typed by the operation itself.
 *
 * @throws NoData when the gateway takes the operation or its variables for wrong
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
